using System.IO.Compression;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>
/// numpy's <c>.npz</c>: an unpacked zip of arrays. <c>embeddings</c> float32 [N, D]; <c>ids</c>, the names of the sequences [S]; for tokens
/// <c>samples</c>, an index into the names, <c>starts</c> and <c>ends</c>, int64 [N]. Each begins with its shape, which is known at the
/// end only: until then the elements wait in files beside the one that is written.
/// </summary>
internal sealed class NpzFile : IVectorFile
{
    private readonly Stream stream;
    private readonly VectorFacts facts;
    private readonly WaitingFile values, samples, starts, ends, names;
    private long rows, sequences;
    private int longestName = 1;

    public NpzFile(string path, Stream stream, VectorFacts facts)
    {
        (this.stream, this.facts) = (stream, facts);
        (values, names) = (new(path, "embeddings"), new(path, "ids"));
        (samples, starts, ends) = (new(path, "samples"), new(path, "starts"), new(path, "ends"));
    }

    /// <inheritdoc/>
    public void Begin(string id)
    {
        sequences++;
        var points = id.EnumerateRunes().Select(r => r.Value).ToArray();
        longestName = Math.Max(longestName, points.Length);
        names.Write([points.Length]);
        names.Write<int>(points);
    }

    /// <inheritdoc/>
    public void Add(BaseSpan bases, ReadOnlySpan<float> values)
    {
        this.values.Write(values);
        if (facts.OfTokens)
        {
            samples.Write([sequences - 1]);
            starts.Write([(long)bases.Start]);
            ends.Write([(long)bases.End]);
        }
        rows++;
    }

    /// <inheritdoc/>
    public void Finish()
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "embeddings", "<f4", values.CopyTo, rows, facts.Width);
        Add(zip, "ids", $"<U{longestName}", CopyNames, sequences);
        if (!facts.OfTokens) return;
        Add(zip, "samples", "<i8", samples.CopyTo, rows);
        Add(zip, "starts", "<i8", starts.CopyTo, rows);
        Add(zip, "ends", "<i8", ends.CopyTo, rows);
    }

    /// <summary>Removes the files that waited.</summary>
    public void Dispose()
    {
        foreach (var file in (WaitingFile[])[values, samples, starts, ends, names]) file.Dispose();
    }

    private static void Add(ZipArchive zip, string name, string type, Action<Stream> copy, params ReadOnlySpan<long> shape)
    {
        var member = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        // The same vectors are the same file, whenever it is written: the oldest time that zip knows.
        member.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var entry = member.Open();
        Npy.WriteHead(entry, type, shape);
        copy(entry);
    }

    /// <summary>Names, each four bytes a letter and filled up with zeros to the longest.</summary>
    private void CopyNames(Stream target)
    {
        var source = names.Rewound();
        var name = new int[longestName];
        Span<int> length = [0];
        for (var s = 0L; s < sequences; s++)
        {
            source.ReadExactly(MemoryMarshal.AsBytes(length));
            Array.Clear(name);
            source.ReadExactly(MemoryMarshal.AsBytes(name.AsSpan(0, length[0])));
            target.Write(MemoryMarshal.AsBytes(name.AsSpan()));
        }
    }
}
