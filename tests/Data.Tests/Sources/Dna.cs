using System.Text;

namespace PluginHost.Data.Tests.Sources;

/// <summary>Random sequences for tests.</summary>
public static class Dna
{
    public static string Random(int length, ulong seed, string alphabet = "ACGT")
    {
        var random = new SeededRandom(seed, 17);
        return string.Create(length, (random, alphabet), static (span, s) =>
        {
            foreach (ref var c in span) c = s.alphabet[(int)s.random.Next(s.alphabet.Length)];
        });
    }

    public static string Fasta(IEnumerable<(string Name, string Sequence)> records, int lineLength = 60, string lineEnd = "\n",
        bool finalEnd = true)
    {
        var text = new StringBuilder();
        foreach (var (name, sequence) in records)
        {
            text.Append('>').Append(name).Append(lineEnd);
            for (var i = 0; i < sequence.Length; i += lineLength)
                text.Append(sequence.AsSpan(i, Math.Min(lineLength, sequence.Length - i))).Append(lineEnd);
        }
        if (!finalEnd) text.Length -= lineEnd.Length;
        return text.ToString();
    }

    public static string Normal(string sequence) => sequence.ToUpperInvariant().Replace('U', 'T');
}
