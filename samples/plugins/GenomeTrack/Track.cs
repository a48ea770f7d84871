using System.Globalization;

namespace GenomeTrack;

/// <summary>
/// Values of stretches of a genome, and the bedGraph file of them (UCSC's "bedGraph Track Format"): coordinates are 0-based and half-open;
/// lines are sorted by chromosome, in byte order, and by start, and do not overlap, as bedGraphToBigWig asks.
/// </summary>
internal sealed class Track
{
    private readonly Dictionary<string, List<(long Start, long End, float Value)>> chromosomes = new(StringComparer.Ordinal);

    public long Count { get; private set; }

    public void Add(string chromosome, long start, long end, float value)
    {
        if (!chromosomes.TryGetValue(chromosome, out var stretches)) chromosomes[chromosome] = stretches = [];
        stretches.Add((start, end, value));
        Count++;
    }

    /// <summary>Writes the file beside its place first, so that there is the whole of it or none.</summary>
    public void Write(string path, string name, string description)
    {
        var unfinished = path + ".part";
        try
        {
            using (var writer = new StreamWriter(unfinished) { NewLine = "\n" })
            {
                writer.WriteLine("# coordinates: 0-based, half-open");
                writer.WriteLine($"track type=bedGraph name=\"{Quoted(name)}\" description=\"{Quoted(description)}\"");
                foreach (var (chromosome, stretches) in chromosomes.OrderBy(c => c.Key, StringComparer.Ordinal))
                    foreach (var (start, end, value) in Flatten(stretches))
                        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chromosome}\t{start}\t{end}\t{value:R}"));
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Cuts where any stretch begins or ends; each piece has the mean of those over it.</summary>
    private static IEnumerable<(long Start, long End, float Value)> Flatten(List<(long Start, long End, float Value)> stretches)
    {
        stretches.Sort();
        var cuts = stretches.SelectMany(s => (long[])[s.Start, s.End]).Distinct().Order().ToList();
        var (next, open) = (0, new List<(long End, float Value)>());
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            open.RemoveAll(s => s.End <= cuts[i]);
            for (; next < stretches.Count && stretches[next].Start == cuts[i]; next++)
                open.Add((stretches[next].End, stretches[next].Value));
            if (open.Count > 0) yield return (cuts[i], cuts[i + 1], (float)open.Average(s => (double)s.Value));
        }
    }

    private static string Quoted(string text) => text.Replace('"', '\'');
}
