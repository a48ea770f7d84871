using Quickenshtein;

namespace PluginHost.Plugins.Seq2Seq;

/// <summary>Judges a model by the sequences it writes.</summary>
/// <param name="options">Validated.</param>
/// <param name="objective">Makes prompts.</param>
/// <param name="decoder">Chooses tokens; null where the architecture cannot write.</param>
internal sealed class Writing(Seq2SeqOptions options, Seq2SeqObjective objective, IDecoder? decoder)
{
    /// <summary>Mean Levenshtein distance of what was written from the truth, in bases.</summary>
    public const string EditDistance = "edit-distance";

    private const int RowsAtOnce = 32;
    // What is written may be longer than the truth by this and still be told apart by its distance.
    private const int Slack = 8;

    /// <summary>Lets a model write targets and compares them with the true ones.</summary>
    /// <param name="model">On its device.</param>
    /// <param name="samples">With targets.</param>
    /// <param name="mostTokens">Most tokens to write; null for what the longest truth needs, and a few.</param>
    /// <param name="cancellation">Stops between tokens.</param>
    public Scored Score(TrainedModel model, IReadOnlyList<Sample> samples, int? mostTokens, CancellationToken cancellation)
    {
        if (decoder is null) return Compare([]);
        List<(string Written, string Truth)> pairs = [];
        foreach (var chunk in samples.OrderBy(s => s.Sequence.Length).Chunk(RowsAtOnce))
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var context = new CollateContext(model.Tokenizer, model.Backbone.Shape.MaxTokens ?? int.MaxValue, CollateMode.Predict,
                new SeededRandom(0));
            var truths = chunk.Select(objective.Target).ToList();
            var longest = truths.Max(t => context.EncodeWithin(t, int.MaxValue, specialTokens: false).Ids.Length);
            var prompts = model.Place(objective.Collate(chunk, context));
            var written = model.Decode(prompts, decoder,
                new DecodeLimits(mostTokens ?? longest + objective.Ends.Count + Slack) { Stop = objective.Ends }, cancellation);
            for (var row = 0; row < chunk.Length; row++)
                pairs.Add((model.Tokenizer.Decode([.. written.First(w => w.Row == row).Tokens]), truths[row].Sequence));
        }
        return Compare(pairs);
    }

    /// <summary>Every how-manieth sample of a split the figures are of: as many as the options say, evenly spaced.</summary>
    public IEnumerable<T> Chosen<T>(IReadOnlyList<T> samples)
    {
        var count = Math.Min(samples.Count, options.DecodeSamples);
        return Enumerable.Range(0, count).Select(i => samples[(int)((long)i * samples.Count / count)]);
    }

    /// <summary>Exact matches and edit distances, as losses that are only reported.</summary>
    public static Scored Compare(IReadOnlyList<(string Written, string Truth)> pairs) => new()
    {
        Labels = [], Predicted = [],
        Losses =
        [
            new(ExactMatch.Name, pairs.Count(p => p.Written == p.Truth), pairs.Count, 0),
            new(EditDistance, pairs.Sum(p => (double)Levenshtein.GetDistance(p.Written, p.Truth)), pairs.Count, 0),
        ],
    };
}
