namespace PluginHost.Data.Tests.Sources;

/// <summary>A data set in memory.</summary>
internal sealed class LabelledRows(IReadOnlyDictionary<Split, IReadOnlyList<Sample>> splits, bool isDivided = true) : IDataSource
{
    /// <summary>Random rows of some labels, a share of which repeat an earlier sequence or its reverse complement.</summary>
    public static LabelledRows Random(int rows, int labels, double repeats, ulong seed)
    {
        var random = new SeededRandom(seed);
        var all = new List<Sample>();
        for (var i = 0; i < rows; i++)
        {
            var sequence = all.Count > 0 && random.NextDouble() < repeats ? all[(int)random.Next(all.Count)].Sequence
                : Dna.Random(12, seed * 100_003 + (ulong)i);
            if (random.Next(2) == 0) sequence = Iupac.ReverseComplement(sequence);
            all.Add(Row(i, sequence, $"class {random.Next(labels)}"));
        }
        return new(new Dictionary<Split,
            IReadOnlyList<Sample>>
        {
            [Split.Train] = all[..(rows / 2)], [Split.Dev] = all[(rows / 2)..(rows * 3 / 4)],
            [Split.Test] = all[(rows * 3 / 4)..]
        });
    }

    public static Sample Row(int number, string sequence, string? label) =>
        new($"row {number}", sequence)
        {
            Fields = label is null ? new Dictionary<string, object>() : new Dictionary<string,
            object>
            { [Sample.LabelField] = label }
        };

    public static List<Sample> All(ISampleSource? source) =>
        source is null ? [] : [.. Enumerable.Range(0, (int)source.Count).Select(i => source.Get(i, new SeededRandom((ulong)i)))];

    public IReadOnlyList<string> Files => [];

    public IReadOnlyList<string> Notes => [];

    public bool IsDivided => isDivided;

    public ISampleSource? Open(Split split) => splits.TryGetValue(split, out var rows) ? new Rows(rows) : null;

    private sealed class Rows(IReadOnlyList<Sample> rows) : ISampleSource
    {
        public long Count => rows.Count;

        public Sample Get(long index, SeededRandom random) => rows[(int)index];
    }
}
