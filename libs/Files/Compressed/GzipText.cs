using System.IO.Compression;

namespace PluginHost.Libs.Files.Compressed;

/// <summary>Unpacks gzip (one member or many, so bgzip too) from start to end, and fails on a file that was cut off.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends without complaint when its input stops in the middle of a member. Here a member of our own
/// follows the file's last byte: if the file is whole, its content comes out at the end; if it was cut, it does not. A bgzip file may
/// be cut between two members, which it tells by the empty block that ends it.
/// </remarks>
public sealed class GzipText : ForwardReader
{
    private static readonly byte[] marker = [0x9E, 0x37, 0x79, 0xB9, 0x7F, 0x4A, 0x7C, 0x15];
    private readonly string path;
    private readonly WithMarker packed;
    private readonly GZipStream gzip;
    private readonly byte[] buffer = new byte[1 << 18];
    private int start, end;
    private bool ended;

    /// <param name="packed">The file from its first byte; closed with this stream.</param>
    /// <param name="path">For messages.</param>
    public GzipText(Stream packed, string path)
    {
        this.path = path;
        this.packed = new WithMarker(packed);
        gzip = new GZipStream(this.packed, CompressionMode.Decompress);
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
        if (packed.IsCutOff) throw BgzfHeader.CutOff(path);
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
        private readonly byte[] last = new byte[BgzfHeader.EndOfFile.Length];
        private readonly MemoryStream first = new();
        private int given = -1;

        /// <summary>Whether the stream begins as bgzip does but did not end so; known when all is read.</summary>
        public bool IsCutOff =>
            BgzfHeader.TryRead(first.GetBuffer().AsSpan(0, (int)first.Length), out _) && !BgzfHeader.IsEndOfFile(last);

        public override int Read(Span<byte> destination)
        {
            if (given < 0)
            {
                var read = inner.Read(destination);
                if (read > 0)
                {
                    Remember(destination[..read]);
                    return read;
                }
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

        private void Remember(ReadOnlySpan<byte> piece)
        {
            if (first.Length < BgzfHeader.Probe) first.Write(piece[..(int)Math.Min(piece.Length, BgzfHeader.Probe - first.Length)]);
            var tail = piece[^Math.Min(piece.Length, last.Length)..];
            last.AsSpan(tail.Length).CopyTo(last);
            tail.CopyTo(last.AsSpan(last.Length - tail.Length));
        }

        private static byte[] Pack()
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(marker);
            return packed.ToArray();
        }
    }
}
