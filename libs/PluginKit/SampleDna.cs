namespace PluginHost.PluginKit;

/// <summary>Samples for checks: the same for the same seed, on every machine.</summary>
public static class SampleDna
{
    /// <summary>Random sequences over A, C, G, T with labels 0, 1, ... in turn.</summary>
    /// <param name="count">How many.</param>
    /// <param name="shortest">Fewest bases.</param>
    /// <param name="longest">Most bases.</param>
    /// <param name="seed">Fixes all draws.</param>
    /// <param name="classes">How many labels to use.</param>
    public static IReadOnlyList<Sample> Random(int count, int shortest, int longest, ulong seed = 1, int classes = 2)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count)
            .Select(i => Labelled($"random-{i}", Sequence(random, random.Next(shortest, longest + 1)), i % classes))];
    }

    /// <summary>Sequences that a model can learn to tell apart: the odd ones, labelled 1, are three quarters G and C, the even ones A and
    /// T.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="shortest">Fewest bases.</param>
    /// <param name="longest">Most bases.</param>
    /// <param name="seed">Fixes all draws.</param>
    public static IReadOnlyList<Sample> RichAndPoor(int count, int shortest, int longest, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(i => Labelled($"{(i % 2 == 1 ? "rich" : "poor")}-{i}",
            Sequence(random, random.Next(shortest, longest + 1), i % 2 == 1 ? "GCGCGCAT" : "ATATATGC"), i % 2))];
    }

    /// <summary>A random sequence over A, C, G, T.</summary>
    /// <param name="random">Draws.</param>
    /// <param name="length">Bases.</param>
    public static string Sequence(SeededRandom random, int length) => Sequence(random, length, "ACGT");

    private static string Sequence(SeededRandom random, int length, string letters) =>
        string.Create(length, (random, letters), static (bases, from) =>
        {
            for (var i = 0; i < bases.Length; i++) bases[i] = from.letters[from.random.Next(0, from.letters.Length)];
        });

    /// <summary>A sample with a class label.</summary>
    public static Sample Labelled(string id, string sequence, int label) =>
        new(id, sequence) { Fields = new Dictionary<string, object> { [Sample.LabelField] = label.ToString() } };
}
