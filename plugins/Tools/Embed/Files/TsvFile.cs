using System.Globalization;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>
/// Comment lines, a line of column names, and a line for each vector: id, start and end of a token, numbers that read back as they were.
/// </summary>
internal sealed class TsvFile : IVectorFile
{
    private const int LongestNumber = 32;
    private readonly StreamWriter writer;
    private readonly bool ofTokens, owned;
    private string id = "";

    public TsvFile(Stream stream, VectorFacts facts)
    {
        ofTokens = facts.OfTokens;
        // What packs must end before the file beneath it does.
        owned = stream is System.IO.Compression.GZipStream;
        writer = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: !owned) { NewLine = "\n" };
        foreach (var (name, value) in facts.Lines) writer.WriteLine($"# {name}: {value}");
        writer.Write(ofTokens ? "id\tstart\tend" : "id");
        for (var d = 0; d < facts.Width; d++) writer.Write(string.Create(CultureInfo.InvariantCulture, $"\t{d}"));
        writer.WriteLine();
    }

    /// <inheritdoc/>
    public void Begin(string id) => this.id = id.Replace('\t', ' ').Replace('\n', ' ');

    /// <inheritdoc/>
    public void Add(BaseSpan bases, ReadOnlySpan<float> values)
    {
        Span<char> number = stackalloc char[LongestNumber];
        writer.Write(id);
        if (ofTokens) writer.Write(string.Create(CultureInfo.InvariantCulture, $"\t{bases.Start}\t{bases.End}"));
        foreach (var value in values)
        {
            value.TryFormat(number, out var length, provider: CultureInfo.InvariantCulture);
            writer.Write('\t');
            writer.Write(number[..length]);
        }
        writer.WriteLine();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (owned) writer.Dispose();
        else writer.Flush();
    }

    /// <summary>Nothing: what was not finished is thrown away with its stream.</summary>
    public void Dispose() { }
}
