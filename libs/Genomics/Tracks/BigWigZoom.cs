namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>A zoom level: summaries of stretches of equal length, for a browser that shows many bases at once.</summary>
/// <param name="reduction">Bases of a stretch.</param>
internal sealed class BigWigZoom(uint reduction)
{
    private const int RecordsOfBlock = 512, RecordBytes = 32;

    private readonly List<Record> records = [];
    private BigWigSummary summary = new();
    private (uint Chromosome, uint Start, uint End) at;

    /// <summary>Bases of a stretch.</summary>
    public uint Reduction => reduction;

    /// <summary>Adds an item, cut where stretches end.</summary>
    public void Add(uint chromosome, uint start, uint end, float value)
    {
        while (start < end)
        {
            var stretch = start / reduction * reduction;
            if (summary.Bases > 0 && (at.Chromosome != chromosome || at.Start / reduction != stretch / reduction)) Close();
            if (summary.Bases == 0) at = (chromosome, start, start);
            var stop = (uint)Math.Min(end, (long)stretch + reduction);
            summary.Add(stop - start, value);
            at.End = stop;
            start = stop;
        }
    }

    /// <summary>Writes the records and their tree at the stream's end.</summary>
    /// <param name="stream">Receives them.</param>
    /// <param name="largest">Bytes of the largest block of the file, not compressed.</param>
    /// <returns>Where they are.</returns>
    public (long Data, long Index) Write(Stream stream, ref int largest)
    {
        if (summary.Bases > 0) Close();
        var data = stream.Position;
        stream.Write(BitConverter.GetBytes((uint)records.Count));
        var blocks = new List<BigWigBlock>();
        foreach (var part in records.Chunk(RecordsOfBlock))
        {
            var bytes = new byte[RecordBytes * part.Length];
            var writer = new BinaryWriter(new MemoryStream(bytes));
            foreach (var record in part) record.Write(writer);
            blocks.Add(BigWigBlock.Write(stream, bytes, (part[0].Chromosome, part[0].Start), (part[^1].Chromosome, part[^1].End)));
            largest = Math.Max(largest, bytes.Length);
        }
        return (data, BigWigIndex.Write(stream, blocks, RecordsOfBlock));
    }

    private void Close()
    {
        records.Add(new(at.Chromosome, at.Start, at.End, (uint)summary.Bases, (float)summary.Least, (float)summary.Most, (float)summary.Sum,
            (float)summary.Squares));
        summary = new();
    }

    private readonly record struct Record(uint Chromosome, uint Start, uint End, uint Bases, float Least, float Most, float Sum,
        float Squares)
    {
        public void Write(BinaryWriter writer)
        {
            foreach (var number in (uint[])[Chromosome, Start, End, Bases]) writer.Write(number);
            foreach (var number in (float[])[Least, Most, Sum, Squares]) writer.Write(number);
        }
    }
}
