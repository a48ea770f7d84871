using System.IO.Compression;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>
/// numpy's <c>.npz</c>: an unpacked zip of arrays. <c>embeddings</c> float32 [N, D]; <c>ids</c>, the names of the sequences [S]; for tokens
/// <c>samples</c>, an index into the names, <c>starts</c> and <c>ends</c>, int64 [N]; where sequences have places on a genome
/// <c>chromosomes</c>, <c>starts</c>, <c>ends</c> and <c>strands</c> [N]; <c>notes</c> [S] where something is said of some. Each begins
/// with
/// its shape, which is known at the end only: until then the elements wait in files beside the one that is written.
/// </summary>
internal sealed class NpzFile : IVectorFile
{
    private readonly Stream stream;
    private readonly VectorFacts facts;
    private readonly WaitingFile values, samples, starts, ends;
    private readonly WaitingTexts names, notes, chromosomes, strands;
    private long rows;

    /// <param name="folder">Where elements wait.</param>
    /// <param name="stream">Receives the file.</param>
    /// <param name="facts">What is in it.</param>
    public NpzFile(string folder, Stream stream, VectorFacts facts)
    {
        (this.stream, this.facts) = (stream, facts);
        (values, samples, starts, ends) = (new(folder), new(folder), new(folder), new(folder));
        (names, notes, chromosomes, strands) = (new(folder), new(folder), new(folder), new(folder));
    }

    /// <inheritdoc/>
    public void Begin(string id, string note)
    {
        names.Add(id);
        if (facts.HasNotes) notes.Add(note);
    }

    /// <inheritdoc/>
    public void Add(VectorPlace place, ReadOnlySpan<float> values)
    {
        this.values.Write(values);
        if (facts.OfTokens) samples.Write([names.Count - 1]);
        if (facts.Placed) chromosomes.Add(place.Chromosome);
        if (facts.Placed) strands.Add(place.Strand);
        if (facts.OfTokens || facts.Placed)
        {
            starts.Write([place.Start]);
            ends.Write([place.End]);
        }
        rows++;
    }

    /// <inheritdoc/>
    public void Finish()
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "embeddings", "<f4", values.CopyTo, rows, facts.Width);
        Add(zip, "ids", names);
        if (facts.HasNotes) Add(zip, "notes", notes);
        if (facts.OfTokens) Add(zip, "samples", "<i8", samples.CopyTo, rows);
        if (facts.Placed) Add(zip, "chromosomes", chromosomes);
        if (facts.OfTokens || facts.Placed)
        {
            Add(zip, "starts", "<i8", starts.CopyTo, rows);
            Add(zip, "ends", "<i8", ends.CopyTo, rows);
        }
        if (facts.Placed) Add(zip, "strands", strands);
    }

    /// <summary>Removes the files that waited.</summary>
    public void Dispose()
    {
        foreach (var file in (IDisposable[])[values, samples, starts, ends, names, notes, chromosomes, strands]) file.Dispose();
    }

    private static void Add(ZipArchive zip, string name, WaitingTexts texts) => Add(zip, name, texts.Type, texts.CopyTo, texts.Count);

    private static void Add(ZipArchive zip, string name, string type, Action<Stream> copy, params ReadOnlySpan<long> shape)
    {
        var member = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        // The same vectors are the same file, whenever it is written: the oldest time that zip knows.
        member.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var entry = member.Open();
        Npy.WriteHead(entry, type, shape);
        copy(entry);
    }
}
