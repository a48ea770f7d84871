namespace PluginHost.Plugins.Variants.Report;

/// <summary>A uniform sample of the scores (reservoir, Vitter 1985), in the same memory however many there are.</summary>
internal sealed class DrawnScores
{
    /// <summary>Most rows that are kept.</summary>
    public const int Most = 10_000;

    private readonly SeededRandom random = new(1, 0x5C0E);
    private readonly List<double[]> rows = [];

    /// <summary>Rows drawn from.</summary>
    public long Seen { get; private set; }

    /// <summary>Those kept; axes row, column.</summary>
    public IReadOnlyList<double[]> Rows => rows;

    /// <summary>Takes a row.</summary>
    public void Add(double[] row)
    {
        Seen++;
        if (rows.Count < Most) rows.Add(row);
        else if (random.Next(Seen) is var slot && slot < Most) rows[(int)slot] = row;
    }
}
