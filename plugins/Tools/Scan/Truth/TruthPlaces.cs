using PluginHost.Libs.Genomics.Features;
using PluginHost.Plugins.Scan.Windows;

namespace PluginHost.Plugins.Scan.Truth;

/// <summary>The true places that lie in what is scanned, by chromosome.</summary>
internal sealed class TruthPlaces
{
    private readonly Dictionary<string, List<(long Start, long End)>> places = [];
    private readonly Dictionary<string, long> longest = [];

    /// <summary>Reads them.</summary>
    /// <param name="path">BED or GFF.</param>
    /// <param name="input">What is scanned.</param>
    /// <exception cref="DataException">The file is malformed, or no place of it is in what is scanned.</exception>
    public TruthPlaces(string path, ScanInput input)
    {
        var stretches = input.Stretches.ToLookup(s => s.Record.Name);
        foreach (var feature in FeatureFile.Read(path))
        {
            var record = input.Find(feature.Chromosome, feature.Where);
            if (record is not null && feature.End > record.Length)
                throw new DataException(
                    $"{feature.Where}: it ends at {feature.End:N0}, but '{record.Name}' has {record.Length:N0} bases; is it "
                    + "of another assembly?");
            if (record is null || !stretches[record.Name].Any(s => s.Start < feature.End && feature.Start < s.End))
            {
                Outside++;
                continue;
            }
            if (!places.TryGetValue(record.Name, out var list)) places[record.Name] = list = [];
            list.Add((feature.Start, feature.End));
        }
        foreach (var (name, list) in places)
        {
            var distinct = list.Distinct().Order().ToList();
            list.Clear();
            list.AddRange(distinct);
            longest[name] = list.Max(p => p.End - p.Start);
            Count += list.Count;
        }
        if (Count == 0)
            throw new DataException($"{path}: none of its {Outside:N0} places lies in what is scanned; is it of another genome?");
    }

    /// <summary>Different places.</summary>
    public long Count { get; private set; }

    /// <summary>Places that lie elsewhere.</summary>
    public long Outside { get; private set; }

    /// <summary>The places of a chromosome that share a base with a stretch.</summary>
    public IEnumerable<(int Number, long Start, long End)> Near(string chromosome, long start, long end)
    {
        if (!places.TryGetValue(chromosome, out var list)) yield break;
        var first = list.BinarySearch((start - longest[chromosome], 0));
        for (var i = first < 0 ? ~first : first; i < list.Count && list[i].Start < end; i++)
            if (list[i].End > start) yield return (i, list[i].Start, list[i].End);
    }
}
