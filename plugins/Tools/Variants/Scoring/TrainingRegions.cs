using PluginHost.Libs.Genomics.Features;
using PluginHost.Libs.Genomics.Names;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>What a model was trained on: what it says there may be remembered.</summary>
internal sealed class TrainingRegions
{
    /// <summary>The column that says it of each allele.</summary>
    public static readonly ScoreColumn Column = new("in_training", "1 where the variant lies in a region of --training, else 0");

    private readonly ChromosomeTable<List<(long Start, long End)>> regions = new();

    /// <summary>Reads BED or GFF; regions that share or touch bases are joined.</summary>
    /// <exception cref="DataException">The file is malformed.</exception>
    public TrainingRegions(string path)
    {
        foreach (var chromosome in FeatureFile.Read(path).GroupBy(f => f.Chromosome, StringComparer.Ordinal))
        {
            var joined = new List<(long Start, long End)>();
            foreach (var feature in chromosome.OrderBy(f => f.Start))
                if (joined.Count > 0 && feature.Start <= joined[^1].End)
                    joined[^1] = (joined[^1].Start, Math.Max(joined[^1].End, feature.End));
                else joined.Add((feature.Start, feature.End));
            regions.TryAdd(chromosome.Key, joined);
        }
    }

    /// <summary>Alleles asked about.</summary>
    public long Count { get; private set; }

    /// <summary>Those that lie in a region; an insertion where one of its neighbours does.</summary>
    public long Inside { get; private set; }

    /// <summary>Those whose window shares a base with a region.</summary>
    public long WindowsTouch { get; private set; }

    /// <summary>Whether an allele lies in a region; counts it.</summary>
    public bool Cover(WindowPair pair)
    {
        Count++;
        if (!regions.TryFind(pair.Chromosome, "--training", out var list)) return false;
        var window = pair.Reference;
        if (Share(list, pair.Start, pair.Start + window.Sequence.Length)) WindowsTouch++;
        var at = pair.Start + window.Start;
        var inside = window.Length > 0 ? Share(list, at, at + window.Length) : Share(list, at - 1, at + 1);
        if (inside) Inside++;
        return inside;
    }

    private static bool Share(List<(long Start, long End)> list, long start, long end)
    {
        // The last region that begins before the stretch ends.
        var found = list.BinarySearch((end, long.MinValue));
        var last = (found < 0 ? ~found : found) - 1;
        return last >= 0 && list[last].End > start;
    }
}
