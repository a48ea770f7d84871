using PluginHost.Libs.Genomics.Tracks;

namespace PluginHost.Data.Tests.Genomics;

/// <summary>Tracks and peaks, written and read back.</summary>
public sealed class TrackTests
{
    // More chromosomes and more blocks than a node of the trees holds.
    private const int Chromosomes = 600, Many = 300_000;

    private static readonly IReadOnlyList<(string Name, long Length)> genome =
        [.. Enumerable.Range(0, Chromosomes).Select(i => ($"scaffold_{i}", i == 7 ? 4_000_000_000L : 5000 + i))];

    private static List<(uint Chromosome, uint Start, uint End, float Value)> Items()
    {
        var random = new SeededRandom(3);
        var items = new List<(uint, uint, uint, float)>();
        foreach (var (chromosome, count) in ((uint, int)[])[(2, 5), (7, Many), (9, 40), (599, 3)])
            for (var (n, at) = (0, 0u); n < count; n++)
            {
                var start = at + (uint)random.Next(9);
                var end = start + 1 + (uint)random.Next(20);
                items.Add((chromosome, start, end, n % 100 - 20.5f));
                at = end;
            }
        return items;
    }

    private static BigWigFile Written(List<(uint Chromosome, uint Start, uint End, float Value)> items)
    {
        var stream = new MemoryStream();
        var writer = new BigWigWriter(stream, genome, 300);
        foreach (var (chromosome, start, end, value) in items) writer.Add(genome[(int)chromosome].Name, start, end, value);
        writer.Finish();
        return new(stream);
    }

    [Fact]
    public void Every_item_of_a_bigwig_file_is_found_by_its_place()
    {
        var items = Items();
        var file = Written(items);
        Assert.True(file.Sections > 256);
        foreach (var chromosome in (uint[])[0, 2, 7, 8, 9, 599])
            Assert.Equal(items.Where(i => i.Chromosome == chromosome), file.Items(chromosome, 0, uint.MaxValue));
        var middle = items[Many / 2];
        Assert.Equal(items.Where(i => i.Chromosome == 7 && i.Start < middle.End + 100 && i.End > middle.Start),
            file.Items(7, middle.Start, middle.End + 100));
    }

    [Fact]
    public void Chromosomes_stand_in_the_order_of_bytes_with_their_numbers_and_lengths()
    {
        var file = Written([(0, 1, 2, 3)]);
        Assert.Equal(genome.Select((c, i) => (c.Name, (uint)i, (uint)c.Length)).OrderBy(c => c.Name, StringComparer.Ordinal), file.Chromosomes);
    }

    [Fact]
    public void Summary_and_zoom_levels_are_those_of_the_items()
    {
        var items = Items();
        var file = Written(items);
        var bases = items.SelectMany(i => Enumerable.Repeat((double)i.Value, (int)(i.End - i.Start))).ToList();
        Assert.Equal(((ulong)bases.Count, bases.Min(), bases.Max()), (file.Summary.Bases, file.Summary.Least, file.Summary.Most));
        Assert.Equal(bases.Sum(), file.Summary.Sum, 1e-3);
        Assert.Equal(bases.Sum(b => b * b), file.Summary.Squares, 1e-1);
        Assert.Equal([300u, 1200, 4800, 19200, 76800, 307200, 1228800, 4915200], file.Reductions);
        for (var level = 0; level < file.Reductions.Count; level++)
        {
            var size = file.Reductions[level];
            var expected = items.Where(i => i.Chromosome == 9).SelectMany(i =>
                    Enumerable.Range((int)i.Start, (int)(i.End - i.Start)).Select(b => (Base: (uint)b, i.Value)))
                .GroupBy(b => b.Base / size).Select(g => (g.Min(b => b.Base), g.Max(b => b.Base) + 1, (uint)g.Count(), g.Min(b => b.Value),
                    g.Max(b => b.Value), (float)g.Sum(b => (double)b.Value)));
            Assert.Equal(expected, file.Zoom(level, 9));
        }
    }

    [Fact]
    public void A_bigwig_file_may_hold_nothing()
    {
        var file = Written([]);
        Assert.Empty(file.Items(7, 0, uint.MaxValue));
        Assert.Equal((0ul, 0.0, 0.0, 0.0, 0.0), file.Summary);
    }

    [Fact]
    public void Text_says_its_coordinate_system()
    {
        var text = new StringWriter();
        var graph = BedGraphWriter.Begin(text, ["of a test"]);
        graph.Add("chr1", 0, 12_000_000_000, 0.1f);
        graph.Finish();
        Assert.Equal("# of a test\n# coordinates: 0-based, half-open (BED)\nchr1\t0\t12000000000\t0.1\n", text.ToString());

        text = new StringWriter();
        var bed = new BedWriter(text, [], "donor");
        bed.Add(new("chr1", 5, 9, 0.987654f, 0.5f, 7));
        bed.Finish();
        Assert.Equal("# coordinates: 0-based, half-open (BED)\n#chrom\tstart\tend\tname\tscore\tstrand\tmaximum\tmean\tsummit\n"
            + "chr1\t5\t9\tdonor_1\t988\t.\t0.987654\t0.5\t7\n", text.ToString());
    }
}
