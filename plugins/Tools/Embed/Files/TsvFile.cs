using System.Globalization;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>
/// Comment lines, a line of column names, and a line for each vector: id, its place, numbers that read back as they were.
/// </summary>
internal sealed class TsvFile : IVectorFile
{
    private const int LongestNumber = 32;
    private readonly StreamWriter writer;
    private readonly bool ofTokens, placed, hasNotes, owned;
    private string id = "", note = "";

    public TsvFile(Stream stream, VectorFacts facts)
    {
        (ofTokens, placed, hasNotes) = (facts.OfTokens, facts.Placed, facts.HasNotes);
        // What packs must end before the file beneath it does.
        owned = stream is System.IO.Compression.GZipStream;
        writer = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: !owned) { NewLine = "\n" };
        foreach (var (name, value) in facts.Lines) writer.WriteLine($"# {name}: {value}");
        writer.Write(placed ? "id\tchromosome\tstart\tend\tstrand" : ofTokens ? "id\tstart\tend" : "id");
        if (hasNotes) writer.Write("\tnote");
        for (var d = 0; d < facts.Width; d++) writer.Write(string.Create(CultureInfo.InvariantCulture, $"\t{d}"));
        writer.WriteLine();
    }

    /// <inheritdoc/>
    public void Begin(string id, string note) => (this.id, this.note) = (Cell(id), note);

    /// <inheritdoc/>
    public void Add(VectorPlace place, ReadOnlySpan<float> values)
    {
        Span<char> number = stackalloc char[LongestNumber];
        writer.Write(id);
        if (placed) writer.Write($"\t{Cell(place.Chromosome)}");
        if (placed && !place.IsKnown) writer.Write("\t\t");
        else if (placed || ofTokens) writer.Write(string.Create(CultureInfo.InvariantCulture, $"\t{place.Start}\t{place.End}"));
        if (placed) writer.Write($"\t{place.Strand}");
        if (hasNotes) writer.Write($"\t{note}");
        foreach (var value in values)
        {
            value.TryFormat(number, out var length, provider: CultureInfo.InvariantCulture);
            writer.Write('\t');
            writer.Write(number[..length]);
        }
        writer.WriteLine();
    }

    private static string Cell(string text) => text.Replace('\t', ' ').Replace('\n', ' ');

    /// <inheritdoc/>
    public void Finish()
    {
        if (owned) writer.Dispose();
        else writer.Flush();
    }

    /// <summary>Nothing: what was not finished is thrown away with its stream.</summary>
    public void Dispose() { }
}
