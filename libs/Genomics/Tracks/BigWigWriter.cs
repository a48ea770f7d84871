using System.Text;

namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>
/// A bigWig file: compressed sections of bedGraph items, an R tree over them, zoom levels and a summary (Kent et al., Bioinformatics 26
/// (2010) 2204, supplementary tables).
/// </summary>
/// <remarks>
/// Written as values come. What is kept until the end are 24 bytes for each 1,024 items and 32 bytes for each stretch of the finest zoom
/// level. Chromosomes are numbered in the order given, and stretches must come in that order.
/// </remarks>
public sealed class BigWigWriter : ITrackWriter
{
    private const uint Magic = 0x888FFC26;
    private const ushort Version = 4;
    private const int HeaderBytes = 64, ZoomHeaderBytes = 24, SummaryBytes = 40, Levels = 8;
    private const int ItemsOfSection = 1024, SectionHeadBytes = 24, ItemBytes = 12;
    private const byte BedGraph = 1;

    private readonly Stream stream;
    private readonly long begin, chromosomesAt, dataAt;
    private readonly Dictionary<string, uint> ids = [];
    private readonly List<BigWigBlock> blocks = [];
    private readonly List<BigWigZoom> zooms = [];
    private readonly List<(uint Start, uint End, float Value)> items = [];
    private readonly BigWigSummary summary = new();
    private uint current;
    private int largest;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Receives it; can be sought in, is not closed.</param>
    /// <param name="chromosomes">All of the genome: names and bases, each less than 2^32.</param>
    /// <param name="finest">Bases of a stretch of the finest zoom level: about ten times the length of an item.</param>
    public BigWigWriter(Stream stream, IReadOnlyList<(string Name, long Length)> chromosomes, long finest)
    {
        (this.stream, begin) = (stream, stream.Position);
        if (chromosomes.FirstOrDefault(c => c.Length > uint.MaxValue) is { Name: { } name })
            throw new DataException($"'{name}' is longer than a bigWig file can say; write a bedGraph.");
        for (var i = 0; i < chromosomes.Count; i++) ids[chromosomes[i].Name] = (uint)i;
        var reduction = Math.Max(10, finest);
        for (var level = 0; level < Levels && reduction < 1L << 30; level++, reduction *= 4) zooms.Add(new((uint)reduction));
        stream.Write(new byte[HeaderBytes + ZoomHeaderBytes * zooms.Count + SummaryBytes]);
        chromosomesAt = stream.Position;
        BigWigChromosomes.Write(stream, chromosomes);
        dataAt = stream.Position;
        stream.Write(new byte[sizeof(ulong)]);
    }

    /// <inheritdoc/>
    public void Add(string chromosome, long start, long end, float value)
    {
        var id = ids[chromosome];
        if (id != current || items.Count == ItemsOfSection) WriteSection();
        current = id;
        items.Add(((uint)start, (uint)end, value));
        summary.Add(end - start, value);
        foreach (var zoom in zooms) zoom.Add(id, (uint)start, (uint)end, value);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        WriteSection();
        var index = BigWigIndex.Write(stream, blocks, ItemsOfSection);
        var written = zooms.Select(z => (z.Reduction, Places: z.Write(stream, ref largest))).ToList();
        var writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
        writer.Write(Magic);
        var end = stream.Position;
        stream.Position = begin;
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write((ushort)zooms.Count);
        foreach (var place in (long[])[chromosomesAt, dataAt, index]) writer.Write((ulong)place);
        writer.Write((ushort)0); // fields and their description are bigBed's
        writer.Write((ushort)0);
        writer.Write(0UL);
        writer.Write((ulong)(chromosomesAt - SummaryBytes));
        writer.Write((uint)largest);
        writer.Write(0UL);
        foreach (var (reduction, (data, tree)) in written)
        {
            writer.Write(reduction);
            writer.Write(0U);
            writer.Write((ulong)data);
            writer.Write((ulong)tree);
        }
        summary.Write(writer);
        stream.Position = dataAt;
        writer.Write((ulong)blocks.Count);
        stream.Position = end;
        writer.Flush();
    }

    private void WriteSection()
    {
        if (items.Count == 0) return;
        var bytes = new byte[SectionHeadBytes + ItemBytes * items.Count];
        var writer = new BinaryWriter(new MemoryStream(bytes));
        foreach (var number in (uint[])[current, items[0].Start, items[^1].End, 0, 0]) writer.Write(number);
        writer.Write(BedGraph);
        writer.Write((byte)0);
        writer.Write((ushort)items.Count);
        foreach (var (start, end, value) in items)
        {
            writer.Write(start);
            writer.Write(end);
            writer.Write(value);
        }
        blocks.Add(BigWigBlock.Write(stream, bytes, (current, items[0].Start), (current, items[^1].End)));
        largest = Math.Max(largest, bytes.Length);
        items.Clear();
    }
}
