using PluginHost.Libs.TableFiles.Numpy;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>
/// numpy's <c>.npz</c>: an unpacked zip of arrays. <c>embeddings</c> float32 [N, D]; <c>ids</c>, the names of the sequences [S]; for tokens
/// <c>samples</c>, an index into the names, <c>starts</c> and <c>ends</c>, int64 [N]; where sequences have places on a genome
/// <c>chromosomes</c>, <c>starts</c>, <c>ends</c> and <c>strands</c> [N]; <c>notes</c> [S] where something is said of some. Each begins
/// with its shape, which is known at the end only: until then the elements wait in files beside the one that is written.
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
        using var archive = new NpzArchive(stream);
        archive.Add("embeddings", "<f4", values.CopyTo, rows, facts.Width);
        archive.Add("ids", names);
        if (facts.HasNotes) archive.Add("notes", notes);
        if (facts.OfTokens) archive.Add("samples", "<i8", samples.CopyTo, rows);
        if (facts.Placed) archive.Add("chromosomes", chromosomes);
        if (facts.OfTokens || facts.Placed)
        {
            archive.Add("starts", "<i8", starts.CopyTo, rows);
            archive.Add("ends", "<i8", ends.CopyTo, rows);
        }
        if (facts.Placed) archive.Add("strands", strands);
    }

    /// <summary>Removes the files that waited.</summary>
    public void Dispose()
    {
        foreach (var file in (IDisposable[])[values, samples, starts, ends, names, notes, chromosomes, strands]) file.Dispose();
    }
}
