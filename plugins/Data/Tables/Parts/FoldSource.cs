using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Tables.Parts;

/// <summary>
/// Another source's rows as one fold of a stratified cross-validation has them: the named fold to test on, the one after
/// it to choose on, the others to train on. Rows whose sequences are equal, or each other's reverse complement, stay together.
/// </summary>
internal sealed class FoldSource : IDataSource
{
    private readonly FoldOptions options;
    private readonly IDataSource inner;
    private readonly Lazy<(IReadOnlyDictionary<Split, IReadOnlyList<(ISampleSource, long)>> Parts, IReadOnlyList<string> Notes)> divided;

    /// <param name="options">Validated.</param>
    /// <param name="inner">What is divided.</param>
    public FoldSource(FoldOptions options, IDataSource inner)
    {
        (this.options, this.inner) = (options, inner);
        divided = new(Divide);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => inner.Files;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => [.. inner.Notes, .. divided.Value.Notes];

    /// <inheritdoc/>
    public ISampleSource? Open(Split split)
    {
        var parts = divided.Value.Parts;
        if (parts.TryGetValue(split, out var picks)) return new PickedSamples(picks);
        return split == Split.Dev && !options.Pool.Contains(Split.Dev) && inner.IsDivided ? inner.Open(split) : null;
    }

    private (IReadOnlyDictionary<Split, IReadOnlyList<(ISampleSource, long)>>, IReadOnlyList<string>) Divide()
    {
        // A source that serves the same rows whatever is asked for is pooled once.
        var pooled = inner.IsDivided ? options.Pool : [options.Pool[0]];
        var rows = new List<(ISampleSource Source, long Index)>();
        var (groups, labels) = (new List<string>(), new List<string?>());
        foreach (var source in pooled.Select(inner.Open).OfType<ISampleSource>())
            for (var i = 0L; i < source.Count; i++)
            {
                var sample = source.Get(i, new SeededRandom(options.SplitSeed, (ulong)i));
                rows.Add((source, i));
                groups.Add(Strand(sample.Sequence));
                labels.Add(sample.Label);
            }
        var fold = Folds.Deal(groups, Strata.Of(labels), options.Folds, options.SplitSeed);
        var sizes = Enumerable.Range(0, options.Folds).Select(f => fold.LongCount(row => row == f)).ToList();
        if (sizes.Contains(0))
            throw new DataException($"{Wording.Counted(rows.Count, "row")} with "
                + $"{Wording.Counted(groups.Distinct().Count(), "different sequence")} cannot be divided into {options.Folds} folds; "
                + "ask for fewer.");
        var test = options.Fold - 1;
        int? dev = options.Dev ? (test + 1) % options.Folds : null;
        IReadOnlyList<(ISampleSource, long)> Part(Func<int, bool> belongs) => [.. rows.Where((_, i) => belongs(fold[i]))];
        var parts = new Dictionary<Split,
            IReadOnlyList<(ISampleSource, long)>>
        { [Split.Train] = Part(f => f != test && f != dev), [Split.Test] = Part(f => f == test) };
        if (dev is not null) parts[Split.Dev] = Part(f => f == dev);
        return (parts,
        [
            $"fold {options.Fold} of {options.Folds}: {Wording.Counted(parts[Split.Train].Count, "row")} to train on"
                + (dev is null ? "" : $", {parts[Split.Dev].Count:N0} to choose on")
                    + $", {parts[Split.Test].Count:N0} to test on; folds have {sizes.Min():N0} to {sizes.Max():N0} rows.",
        ]);
    }

    /// <summary>The same for a sequence and its reverse complement, which only nucleotides have.</summary>
    private static string Strand(string sequence)
    {
        if (Alphabet.Dna.FindForeign(sequence) >= 0) return sequence;
        var other = Iupac.ReverseComplement(sequence);
        return string.CompareOrdinal(sequence, other) <= 0 ? sequence : other;
    }
}
