using System.Globalization;
using PluginHost.Libs.Files.Tables;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>
/// Comment lines, a line of column names, and a line for each vector: id, its place, numbers that read back as they were.
/// </summary>
internal sealed class DelimitedFile : IVectorFile
{
    private const int LongestNumber = 32;
    private readonly StreamWriter writer;
    private readonly char separator;
    private readonly bool ofTokens, placed, hasNotes, owned;
    private string id = "", note = "";

    /// <param name="stream">Receives it.</param>
    /// <param name="facts">For its head.</param>
    /// <param name="separator">A tab, or a comma with cells quoted where they must be.</param>
    public DelimitedFile(Stream stream, VectorFacts facts, char separator)
    {
        this.separator = separator;
        (ofTokens, placed, hasNotes) = (facts.OfTokens, facts.Placed, facts.HasNotes);
        // What packs must end before the file beneath it does.
        owned = stream is System.IO.Compression.GZipStream;
        writer = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: !owned) { NewLine = "\n" };
        foreach (var (name, value) in facts.Lines) writer.WriteLine($"# {name}: {value}");
        IReadOnlyList<string> columns =
        [
            "id", .. placed ? ["chromosome", "start", "end", "strand"] : ofTokens ? ["start", "end"] : (string[])[],
            .. hasNotes ? ["note"] : (string[])[],
            .. Enumerable.Range(0, facts.Width).Select(d => d.ToString(CultureInfo.InvariantCulture)),
        ];
        writer.Write(string.Join(separator, columns));
        writer.WriteLine();
    }

    /// <inheritdoc/>
    public void Begin(string id, string note) => (this.id, this.note) = (Cell(id), note);

    /// <inheritdoc/>
    public void Add(VectorPlace place, ReadOnlySpan<float> values)
    {
        Span<char> number = stackalloc char[LongestNumber];
        writer.Write(id);
        if (placed) writer.Write($"{separator}{Cell(place.Chromosome)}");
        if (placed && !place.IsKnown) writer.Write($"{separator}{separator}");
        else if (placed || ofTokens) writer.Write(string.Create(CultureInfo.InvariantCulture,
            $"{separator}{place.Start}{separator}{place.End}"));
        if (placed) writer.Write($"{separator}{place.Strand}");
        if (hasNotes) writer.Write($"{separator}{Cell(note)}");
        foreach (var value in values)
        {
            value.TryFormat(number, out var length, provider: CultureInfo.InvariantCulture);
            writer.Write(separator);
            writer.Write(number[..length]);
        }
        writer.WriteLine();
    }

    private string Cell(string text) => DelimitedTable.Safe(text, separator);

    /// <inheritdoc/>
    public void Finish()
    {
        if (owned) writer.Dispose();
        else writer.Flush();
    }

    /// <summary>Nothing: what was not finished is thrown away with its stream.</summary>
    public void Dispose() { }
}
