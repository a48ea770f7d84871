using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

/// <summary>What the contract asks of data sources, rule by rule.</summary>
internal static class SourceRules
{
    private const int Most = 50;

    public static IEnumerable<Rule> Of(Subject subject)
    {
        var source = subject.Build<IDataSource>();
        var splits = Enum.GetValues<Split>().Select(source.Open).OfType<ISampleSource>().ToList();
        yield return new("splits", () =>
        {
            Require(splits.Count > 0, "it opens no split.");
            Require(splits.All(s => s.Count >= 0), "a split counts less than no samples.");
        });
        yield return new("samples", () =>
        {
            foreach (var (split, index) in Places(splits))
            {
                var sample = Get(split, index);
                Require(sample is not null, $"sample {index} is null.");
                Require(sample!.Id.Length > 0, $"sample {index} has no id.");
                Require(sample.Fields.Values.All(v => v is string or double or float[]),
                    $"a field of sample {index} is no text, double or float[]: "
                    + $"{string.Join(", ", sample.Fields.Select(f => $"{f.Key} {f.Value?.GetType().Name}"))}.");
            }
        });
        yield return new("determinism", () =>
        {
            foreach (var (split, index) in Places(splits))
                Require(Same(Get(split, index), Get(split, index)), $"sample {index} is another for the same seed.");
        });
        yield return new("many readers", () =>
        {
            foreach (var split in splits)
            {
                var places = Places([split]).Select(p => p.Index).ToArray();
                var together = new Sample[places.Length];
                Parallel.For(0, places.Length, i => together[i] = Get(split, places[i]));
                foreach (var (index, sample) in places.Zip(together))
                    Require(Same(sample, Get(split, index)), $"sample {index} is another when several are read at once.");
            }
        });
        yield return new("files", () =>
        {
            foreach (var file in source.Files)
                Require(Path.IsPathFullyQualified(file) && File.Exists(file), $"Files names '{file}', which is not there.");
            Require(source.Notes is not null, "Notes is null.");
        });
    }

    private static Sample Get(ISampleSource split, long index) => split.Get(index, new SeededRandom(1, (ulong)index));

    private static bool Same(Sample one, Sample other) => one.Id == other.Id && one.Sequence == other.Sequence
        && one.Fields.Keys.Order(StringComparer.Ordinal).SequenceEqual(other.Fields.Keys.Order(StringComparer.Ordinal));

    private static IEnumerable<(ISampleSource Split, long Index)> Places(IEnumerable<ISampleSource> splits) =>
        from split in splits
        from place in Enumerable.Range(0, (int)Math.Min(split.Count, Most))
        select (split, place * Math.Max(1, split.Count / Most));
}
