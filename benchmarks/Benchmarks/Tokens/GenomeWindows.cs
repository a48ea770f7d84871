using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;

namespace PluginHost.Benchmarks;

/// <summary>Windows of the sample genome held in memory, labelled 0 and 1 in turn: the same at every run.</summary>
internal sealed class GenomeWindows : ISampleSource
{
    /// <param name="count">Windows.</param>
    /// <param name="shortest">Fewest bases of one.</param>
    /// <param name="longest">Most bases of one.</param>
    public GenomeWindows(int count, int shortest, int longest)
    {
        var genome = new FastaSource(
            new FastaOptions
            {
                Path = [Path.Combine(Checkout.Root, "samples", "genome", "chr2R.fa.gz")], How = WindowMode.Random, Window = longest,
                MinLength = shortest, SamplesPerEpoch = count,
            }, path => path);
        var windows = genome.Open(Split.Train)!;
        Rows = [.. Enumerable.Range(0, count).Select(i => windows.Get(i, new SeededRandom(3, (ulong)i)) with
        {
            Fields = new Dictionary<string, object> { [Sample.LabelField] = i % 2 == 0 ? "0" : "1" },
        })];
    }

    public IReadOnlyList<Sample> Rows { get; }

    public long Count => Rows.Count;

    public Sample Get(long index, SeededRandom random) => Rows[(int)index];
}
