using System.Globalization;

namespace PluginHost.Plugins.Ensemble.Ranking;

/// <summary>
/// <c>host vocabulary rank</c>: the paper's criterion for choosing a vocabulary (Genomics-FM, A.8): make a vocabulary of
/// the task's positive sequences, and take the one that shares most tokens with it.
/// </summary>
internal sealed class RankTool(RankOptions options, BuildContext context) : ITool
{
    public IReadOnlyList<string> Files => context.Build<IDataSource>(Source()).Files;

    public async Task<int> RunAsync(ToolContext tool, CancellationToken cancellation)
    {
        var offered = options.Vocabulary.Select(spec => (Name: Describe(spec), context.Build<ITokenizer>(spec).Vocabulary)).ToList();
        var sequences = Sequences(tool);
        var words = await TaskVocabulary.MakeAsync(sequences, options.Size, context, tool, cancellation);
        var ranked = offered
            .Select(v => (v.Name, Tokens: v.Vocabulary.Regular.Count(),
                Overlap: v.Vocabulary.Regular.Count(id => words.Contains(v.Vocabulary.Tokens[id]))))
            .OrderByDescending(v => v.Overlap).ToList();
        var width = Math.Max("vocabulary".Length, ranked.Max(v => v.Name.Length));
        tool.Output.WriteLine($"{"vocabulary".PadRight(width)}  tokens  overlap  share of the task's "
            + $"{words.Count.ToString("N0", CultureInfo.InvariantCulture)} words");
        foreach (var (name, tokens, overlap) in ranked)
            tool.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name.PadRight(width)}  {tokens,6}  {overlap,7}  {(double)overlap / words.Count,6:0.0 %}"));
        if (ranked.Count > 1)
            tool.Say(ranked[0].Overlap == ranked[1].Overlap
                ? "The first share equally many tokens: the criterion does not choose between them."
                : $"Fine-tune with {ranked[0].Name}.");
        return 0;
    }

    private ComponentSpec Source() => options.Data
        ?? new("table", new Dictionary<string, object?> { ["path"] = options.Path }) { Origin = "host vocabulary rank" };

    private List<string> Sequences(ToolContext tool)
    {
        var source = context.Build<IDataSource>(Source());
        var samples = source.Open(Split.Train) ?? source.Open(Split.Test)
            ?? throw new DataException($"{string.Join(", ", source.Files)}: has neither a train nor a test split.");
        var taken = new List<string>();
        var labels = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0L; i < samples.Count; i++)
        {
            var sample = samples.Get(i, new SeededRandom((ulong)i));
            if (sample.Label is { } label) labels.Add(label);
            if (options.All || sample.Label is null || options.Positive.Contains(sample.Label)) taken.Add(sample.Sequence);
        }
        if (taken.Count == 0)
            throw new DataException($"{string.Join(", ", source.Files)}: no sample has the label {string.Join(" or ", options.Positive)}; "
                + $"there are: {string.Join(", ", labels.Take(10))}. Give 'positive' one of them, or say 'all'.");
        tool.Say(string.Create(CultureInfo.InvariantCulture,
            $"{taken.Count:N0} of {samples.Count:N0} samples, {taken.Sum(s => (long)s.Length):N0} bases."));
        return taken;
    }

    private static string Describe(ComponentSpec spec) =>
        spec.With.Count == 0 ? spec.Use : $"{spec.Use} ({string.Join(", ", spec.With.Select(o => $"{o.Key}: {o.Value}"))})";
}
