using System.Text.Json;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>
/// A JSON object a line and vector: <c>id</c>, its place and <c>note</c> as the columns of other formats, <c>embedding</c>, an array of
/// numbers that read back as they were (null for what is no number). What heads of other formats say has no place in it.
/// </summary>
internal sealed class JsonLinesFile : IVectorFile
{
    private readonly Stream stream;
    private readonly VectorFacts facts;
    private readonly Utf8JsonWriter writer;
    private string id = "", note = "";

    public JsonLinesFile(Stream stream, VectorFacts facts) => (this.stream, this.facts, writer) = (stream, facts, new(stream));

    /// <inheritdoc/>
    public void Begin(string id, string note) => (this.id, this.note) = (id, note);

    /// <inheritdoc/>
    public void Add(VectorPlace place, ReadOnlySpan<float> values)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        if (facts.Placed) writer.WriteString("chromosome", place.Chromosome);
        if ((facts.Placed || facts.OfTokens) && place.IsKnown)
        {
            writer.WriteNumber("start", place.Start);
            writer.WriteNumber("end", place.End);
        }
        if (facts.Placed) writer.WriteString("strand", place.Strand);
        if (facts.HasNotes) writer.WriteString("note", note);
        writer.WriteStartArray("embedding");
        foreach (var value in values)
            if (float.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        writer.Reset();
        stream.WriteByte((byte)'\n');
    }

    /// <inheritdoc/>
    public void Finish()
    {
        writer.Dispose();
        // What packs must end before the file beneath it does.
        if (stream is System.IO.Compression.GZipStream) stream.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();
}
