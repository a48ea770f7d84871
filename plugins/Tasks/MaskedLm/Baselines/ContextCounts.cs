namespace PluginHost.Plugins.MaskedLm;

/// <summary>How often tokens stand at a distance from one another in training sequences.</summary>
/// <param name="reach">Largest distance counted, in tokens.</param>
internal sealed class ContextCounts(int reach)
{
    /// <summary>Pairs counted at most: about 200 MB.</summary>
    private const int MaximumPairs = 4_000_000;

    private static readonly Row nothing = new();
    private readonly Dictionary<(int Token, int Distance), Row> rows = [];
    private int pairs;

    /// <summary>Largest distance counted, in tokens.</summary>
    public int Reach => reach;

    /// <summary>Counts the pairs of one sequence, while there is room.</summary>
    /// <param name="ids">Its tokens, one after another; -1 where one does not stand for bases.</param>
    public void Add(ReadOnlySpan<int> ids)
    {
        for (var i = 0; i < ids.Length && pairs < MaximumPairs; i++)
            for (var distance = 1; distance <= reach && i + distance < ids.Length; distance++)
            {
                var (left, right) = (ids[i], ids[i + distance]);
                if (left < 0 || right < 0) continue;
                Count(left, distance, right);
                Count(right, -distance, left);
                pairs++;
            }
    }

    /// <summary>What stands at a distance from a token.</summary>
    /// <param name="token">Id.</param>
    /// <param name="distance">Above 0 to its right, below 0 to its left.</param>
    public Row Beside(int token, int distance) => rows.GetValueOrDefault((token, distance), nothing);

    private void Count(int token, int distance, int other)
    {
        if (!rows.TryGetValue((token, distance), out var row)) rows[(token, distance)] = row = new();
        row.Counts[other] = row.Counts.GetValueOrDefault(other) + 1;
        row.Total++;
    }

    /// <summary>Counts beside one token.</summary>
    internal sealed class Row
    {
        public Dictionary<int, int> Counts { get; } = [];

        public long Total { get; set; }
    }
}
