using System.IO.Compression;

namespace PluginHost.Plugins.Tests.Bpe;

/// <summary>The 1,000 real sequences that Golden/bpe/make_golden.js gave to Hugging Face's library.</summary>
internal static class GoldenSequences
{
    private static readonly Lazy<string> genome = new(() =>
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(RealData.Root, "samples", "genome", "chr2R.fa.gz")), CompressionMode.Decompress));
        return string.Concat(Lines(reader).Where(line => line[0] != '>')).ToUpperInvariant();
    });

    /// <summary>500 splice windows, then <see cref="Stretches"/>.</summary>
    public static IReadOnlyList<string> All() =>
        [.. RealData.Samples("fly_splice/train.csv").Take(500).Select(s => s.Sequence), .. Stretches()];

    /// <summary>500 stretches of 50 to 2,049 bases of the sample genome, every tenth with N.</summary>
    public static IReadOnlyList<string> Stretches() => [.. Enumerable.Range(0, 500).Select(i =>
    {
        var bases = genome.Value.Substring((int)(i * 17389L % (genome.Value.Length - 3000)), 50 + i * 37 % 2000);
        return i % 10 == 9 ? $"{bases[..20]}NN{bases[22..40]}N{bases[41..]}" : bases;
    })];

    /// <summary>The sample genome's records, upper case.</summary>
    public static IEnumerable<string> Records()
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(RealData.Root, "samples", "genome", "chr2R.fa.gz")), CompressionMode.Decompress));
        var record = new System.Text.StringBuilder();
        foreach (var line in Lines(reader))
        {
            if (line[0] != '>') record.Append(line);
            else if (record.Length > 0)
            {
                yield return record.ToString();
                record.Clear();
            }
        }
        yield return record.ToString();
    }

    /// <summary>FNV-1a over the ids' low and high bytes.</summary>
    public static string Hash(IEnumerable<int> ids)
    {
        var hash = 0x811c9dc5u;
        foreach (var id in ids)
            foreach (var part in (ReadOnlySpan<int>)[id & 255, id >> 8]) hash = (hash ^ (uint)part) * 0x01000193u;
        return hash.ToString("x8");
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
            if (line.Length > 0) yield return line;
    }
}
