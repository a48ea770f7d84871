using PluginHost.Libs.Attribution.Mutations;

namespace PluginHost.Plugins.Variants.Saturation.Likelihood;

/// <summary>Tokens of a sequence and its mutants as a model is scored with.</summary>
internal static class MutantTokens
{
    /// <summary>All tokens of a sequence, special ones included.</summary>
    /// <exception cref="DataException">It has more than the model takes.</exception>
    public static EncodedSequence Of(TrainedModel model, Sample sample)
    {
        var context = new EncodeContext(model.Backbone.Shape.MaxTokens ?? int.MaxValue) { Scoring = true };
        var encoding = model.Tokenizer.Encode(sample, context);
        return encoding.DroppedBases == 0 ? encoding : throw new DataException(
            $"{sample.Where}: a mutant of its {sample.Sequence.Length:N0} bases has more tokens than the "
            + $"{model.Backbone.Shape.MaxTokens:N0} that {model.Name} takes; cut the sequence, or choose a shorter --region.");
    }

    /// <summary>The same changes on the other strand.</summary>
    /// <param name="sample">The sequence.</param>
    /// <param name="mutations">Of it; none is a deletion.</param>
    public static (Sample Sample, IReadOnlyList<Mutation> Mutations) Turned(Sample sample, IReadOnlyList<Mutation> mutations)
    {
        static char Paired(char letter) => Iupac.ReverseComplement($"{letter}")[0];
        return (sample with { Sequence = Iupac.ReverseComplement(sample.Sequence), Place = null },
            [.. mutations.Select(m => new Mutation(sample.Sequence.Length - 1 - m.Position, Paired(m.Reference), Paired(m.Alternative)))]);
    }
}
