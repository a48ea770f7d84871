namespace PluginHost.Libs.Motifs;

/// <summary>A position weight matrix.</summary>
/// <param name="Id">Its name in files; holds no white space.</param>
/// <param name="Name">What it is called beside that; may be empty.</param>
/// <param name="Frequencies_WA">Axes position, base (A, C, G, T); each position sums to 1.</param>
public sealed record Motif(string Id, string Name, double[,] Frequencies_WA)
{
    /// <summary>The order of the bases.</summary>
    public const string Bases = "ACGT";

    /// <summary>How many sites it was made of; 0 where that is not known.</summary>
    public int Sites { get; init; }

    /// <summary>Its E value or q value, as its maker says; 0 where that is not known.</summary>
    public double Significance { get; init; }

    /// <summary>Positions.</summary>
    public int Width => Frequencies_WA.GetLength(0);

    /// <summary>
    /// The IUPAC code of each position: one base of at least half the weight and twice the next, or two of at least three quarters, or N.
    /// Cavener, Nucleic Acids Research 15 (1987) 1353.
    /// </summary>
    public string Consensus => string.Create(Width, this, static (text, motif) =>
    {
        for (var w = 0; w < text.Length; w++) text[w] = motif.Code(w);
    });

    /// <summary>The motif as it is on the other strand.</summary>
    public Motif ReverseComplement()
    {
        var turned = new double[Width, 4];
        for (var w = 0; w < Width; w++)
            for (var a = 0; a < 4; a++) turned[w, a] = Frequencies_WA[Width - 1 - w, 3 - a];
        return this with { Frequencies_WA = turned };
    }

    /// <summary>A motif of sites that lie below each other.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="sites">Of one length; what is no base counts for none.</param>
    /// <param name="pseudocount">Added to each base's count.</param>
    public static Motif Of(string id, IReadOnlyList<string> sites, double pseudocount = 0)
    {
        var counts = new double[sites[0].Length, 4];
        foreach (var site in sites)
            for (var w = 0; w < site.Length; w++)
                if (Bases.IndexOf(site[w]) is >= 0 and var a) counts[w, a]++;
        return new(id, "", Normalize(counts, pseudocount)) { Sites = sites.Count };
    }

    /// <summary>Counts as shares; a position without any is uniform.</summary>
    public static double[,] Normalize(double[,] counts_WA, double pseudocount = 0)
    {
        var shares = new double[counts_WA.GetLength(0), 4];
        for (var w = 0; w < shares.GetLength(0); w++)
        {
            var sum = 4 * pseudocount;
            for (var a = 0; a < 4; a++) sum += counts_WA[w, a];
            for (var a = 0; a < 4; a++) shares[w, a] = sum > 0 ? (counts_WA[w, a] + pseudocount) / sum : 0.25;
        }
        return shares;
    }

    private char Code(int w)
    {
        var order = Enumerable.Range(0, 4).OrderByDescending(a => Frequencies_WA[w, a]).ToList();
        var (first, second) = (Frequencies_WA[w, order[0]], Frequencies_WA[w, order[1]]);
        if (first >= 0.5 && first >= 2 * second) return Bases[order[0]];
        return first + second < 0.75 ? 'N' : (Math.Min(order[0], order[1]), Math.Max(order[0], order[1])) switch
        {
            (0, 1) => 'M',
            (0, 2) => 'R',
            (0, 3) => 'W',
            (1, 2) => 'S',
            (1, 3) => 'Y',
            _ => 'K',
        };
    }
}
