using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files.Piped;

/// <summary>A pipe from its first byte, however often it was read before.</summary>
/// <param name="file">What came out of it so far.</param>
/// <param name="fill">Fetches more: bytes wanted, bytes there.</param>
public sealed class PipedStream(SafeFileHandle file, Func<long, long> fill) : ForwardReader
{
    private long at;

    /// <inheritdoc/>
    public override int Read(Span<byte> destination)
    {
        if (destination.Length == 0) return 0;
        var there = fill(at + 1);
        var read = RandomAccess.Read(file, destination[..(int)Math.Min(destination.Length, there - at)], at);
        at += read;
        return read;
    }
}
