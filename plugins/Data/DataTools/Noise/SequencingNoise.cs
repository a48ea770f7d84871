namespace PluginHost.Plugins.DataTools.Noise;

/// <summary>How many errors a segment gets.</summary>
/// <param name="Substitutions">Bases replaced by another.</param>
/// <param name="Insertions">Bases put in.</param>
/// <param name="Deletions">Bases taken out.</param>
internal readonly record struct ErrorCounts(int Substitutions, int Insertions, int Deletions)
{
    /// <summary>All of them.</summary>
    public int Total => Substitutions + Insertions + Deletions;

    /// <summary>Bases to read for a segment of a length.</summary>
    public int SourceLength(int length) => length - Insertions + Deletions;
}

/// <summary>Puts sequencing errors into segments.</summary>
internal static class SequencingNoise
{
    /// <summary>Draws the counts for a segment: negative binomial, each kind on its own.</summary>
    public static ErrorCounts DrawCounts(NoiseOptions options, SeededRandom random)
    {
        int Draw(double rate) => NegativeBinomial.Draw(rate * options.Length, options.Dispersion, random);
        while (true)
        {
            var counts = new ErrorCounts(Draw(options.Substitutions), Draw(options.Insertions), Draw(options.Deletions));
            // A segment in which most bases are errors is no segment any more.
            if (counts.Total >= options.Least && counts.Substitutions + counts.Insertions < options.Length / 2
                && counts.Deletions < options.Length / 2) return counts;
        }
    }

    /// <summary>Puts the errors at random places: deletions and substitutions at different bases, insertions anywhere.</summary>
    /// <param name="source">Of the length <see cref="ErrorCounts.SourceLength"/> tells.</param>
    /// <param name="counts">How many.</param>
    /// <param name="random">The source of chance.</param>
    public static string Apply(string source, ErrorCounts counts, SeededRandom random)
    {
        var places = Enumerable.Range(0, source.Length).ToArray();
        random.Shuffle(places.AsSpan());
        var kinds = new byte[source.Length];
        foreach (var place in places.AsSpan(0, counts.Deletions)) kinds[place] = 1;
        foreach (var place in places.AsSpan(counts.Deletions, counts.Substitutions)) kinds[place] = 2;
        var inserted = new int[source.Length + 1];
        for (var i = 0; i < counts.Insertions; i++) inserted[random.Next(inserted.Length)]++;

        var noisy = new System.Text.StringBuilder(source.Length);
        for (var i = 0; i <= source.Length; i++)
        {
            for (var n = 0; n < inserted[i]; n++) noisy.Append("ACGT"[(int)random.Next(4)]);
            if (i == source.Length || kinds[i] == 1) continue;
            noisy.Append(kinds[i] == 2 ? Another(source[i], random) : source[i]);
        }
        return noisy.ToString();
    }

    private static char Another(char letter, SeededRandom random) => "ACGT".Replace(letter.ToString(), "")[(int)random.Next(3)];
}
