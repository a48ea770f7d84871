using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files.Outputs;

/// <summary>
/// Writes to an open descriptor where it stands: standard output, a pipe, a device. A reader that goes away ends it quietly, as it does
/// <c>cat</c>: what is written afterwards goes nowhere.
/// </summary>
/// <param name="handle">Closed with the stream where it owns its descriptor.</param>
public sealed class DescriptorStream(SafeFileHandle handle) : ForwardWriter
{
    private const int Interrupted = 4, TryAgain = 11, BrokenPipe = 32; // errno(3) on Linux
    private bool gone;

    /// <inheritdoc/>
    /// <exception cref="IOException">The device is full, or the descriptor closed.</exception>
    public override void Write(ReadOnlySpan<byte> source)
    {
        while (source.Length > 0 && !gone)
        {
            var written = Write((int)handle.DangerousGetHandle(), ref MemoryMarshal.GetReference(source), source.Length);
            if (written >= 0)
            {
                source = source[(int)written..];
                continue;
            }
            var code = Marshal.GetLastPInvokeError();
            if (code == BrokenPipe) gone = true;
            else if (code == TryAgain) Thread.Sleep(1);
            else if (code != Interrupted) throw new IOException(Marshal.GetPInvokeErrorMessage(code), code);
        }
    }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) handle.Dispose();
        base.Dispose(disposing);
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(int descriptor, ref byte source, nint count);
}
