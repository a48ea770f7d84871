using PluginHost.Libs.Tools.Writing;

namespace PluginHost.Plugins.Generate.Prompts;

/// <summary>What a model's tokenizer puts around a sequence.</summary>
internal sealed class Frame
{
    private const int ProbeBases = 64;
    private readonly TrainedModel model;

    /// <param name="model">With its fields.</param>
    public Frame(TrainedModel model)
    {
        this.model = model;
        Probe = model.Tokenizer.Alphabet.Example(ProbeBases);
        var encoding = model.Tokenizer.Encode(new Sample(TokenTexts.Probe, Probe) { Fields = model.Tokenizer.SampleFields }, new());
        After = encoding.Ids[(Array.FindLastIndex(encoding.Spans, s => s.Length > 0) + 1)..];
        Kind = model.Backbone is not IIncremental incremental ? WritingKind.FillsIn
            : incremental.Grows == Keys.InputIds && Objective is null ? WritingKind.GoesOn : WritingKind.FromSource;
        GrowsOnPrompt = model.Backbone is IIncremental { Grows: var grows } && grows == Keys.InputIds;
    }

    /// <summary>How the model writes.</summary>
    public WritingKind Kind { get; }

    /// <summary>Whether what is written takes places behind the prompt's, of those that the model has.</summary>
    public bool GrowsOnPrompt { get; }

    /// <summary>What the model was trained for, where that was writing one sequence from another; else null.</summary>
    public IWritingObjective? Objective => model.Objective as IWritingObjective;

    /// <summary>Some bases, to see what stands around them.</summary>
    public string Probe { get; }

    /// <summary>The tokens that follow a sequence.</summary>
    public IReadOnlyList<int> After { get; }

    /// <summary>The token that ended sequences in training; null where there is none.</summary>
    public int? Stop => Kind switch
    {
        WritingKind.GoesOn => After.Count > 0 ? After[0] : null,
        WritingKind.FromSource when Objective is { Ends: var ends } => ends.Count > 0 ? ends.First() : null,
        WritingKind.FromSource => model.Tokenizer.Vocabulary.Separator,
        _ => null,
    };

    /// <summary>The first tokens of an encoding.</summary>
    public static EncodedSequence First(EncodedSequence encoding, int count)
    {
        var first = new EncodedSequence(encoding.Ids[..count], encoding.Spans[..count]);
        foreach (var (key, values) in encoding.Attached)
            first.With(key, values switch
            {
                long[] whole => whole[..count],
                float[] real => real[..count],
                bool[] flags => flags[..count],
                _ => throw new UsageException($"The tokenizer's column '{key.Name}' does not lie along the sequence; no prompt can be cut "
                    + "out of it."),
            });
        return first;
    }

    /// <summary>The same with more tokens behind, which stand for no bases.</summary>
    public static EncodedSequence Extended(EncodedSequence encoding, IReadOnlyList<int> tokens)
    {
        var longer = new EncodedSequence([.. encoding.Ids, .. tokens], [.. encoding.Spans, .. tokens.Select(_ => BaseSpan.None)]);
        foreach (var (key, values) in encoding.Attached)
        {
            var extended = Array.CreateInstance(values.GetType().GetElementType()!, longer.Ids.Length);
            values.CopyTo(extended, 0);
            longer.With(key, extended);
        }
        return longer;
    }
}
