using System.IO.Compression;

namespace PluginHost.Libs.Files.Compressed;

/// <summary>Unpacks gzip (one member or many, so bgzip too) from start to end, and fails on a file that was cut off.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends without complaint when its input stops in the middle of a member. Here a member of our own
/// follows the file's last byte: if the file is whole, its content comes out at the end; if it was cut, it does not.
/// </remarks>
public sealed class GzipText : ForwardReader
{
    private static readonly byte[] marker = [0x9E, 0x37, 0x79, 0xB9, 0x7F, 0x4A, 0x7C, 0x15];
    private readonly string path;
    private readonly GZipStream gzip;
    private readonly byte[] buffer = new byte[1 << 18];
    private int start, end;
    private bool ended;

    /// <param name="packed">The file from its first byte; closed with this stream.</param>
    /// <param name="path">For messages.</param>
    public GzipText(Stream packed, string path)
    {
        this.path = path;
        gzip = new GZipStream(new WithMarker(packed), CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    /// <exception cref="DataException">The data is damaged or cut off.</exception>
    public override int Read(Span<byte> destination)
    {
        while (!ended && end - start <= marker.Length) Fill();
        var ready = ended ? end - start : end - start - marker.Length;
        var count = Math.Min(ready, destination.Length);
        buffer.AsSpan(start, count).CopyTo(destination);
        start += count;
        return count;
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        int read;
        try
        {
            read = gzip.Read(buffer, end, buffer.Length - end);
        }
        catch (InvalidDataException e)
        {
            throw Broken(e);
        }
        catch (IOException e)
        {
            throw new DataException($"{DataFile.Show(path)} cannot be read: {e.Message}", e);
        }
        end += read;
        if (read > 0) return;
        if (!buffer.AsSpan(0, end).EndsWith(marker)) throw Broken(null);
        end -= marker.Length;
        ended = true;
    }

    private DataException Broken(Exception? cause) => new(
        $"{DataFile.Show(path)}: the gzip data is cut off or damaged; test it with 'gzip -t' and copy or download it again.", cause);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) gzip.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A stream followed by one gzip member that holds the marker.</summary>
    private sealed class WithMarker(Stream inner) : ForwardReader
    {
        private static readonly byte[] member = Pack();
        private int given = -1;

        public override int Read(Span<byte> destination)
        {
            if (given < 0)
            {
                var read = inner.Read(destination);
                if (read > 0) return read;
                given = 0;
            }
            var count = Math.Min(destination.Length, member.Length - given);
            member.AsSpan(given, count).CopyTo(destination);
            given += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }

        private static byte[] Pack()
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(marker);
            return packed.ToArray();
        }
    }
}
