using System.Runtime.InteropServices;

namespace PluginHost.Torch.Interop;

/// <summary>Turns the native side's last error of this thread into an exception.</summary>
internal static class Errors
{
    private const int Unknown = 8;

    /// <summary>The exception for the call that just failed on this thread.</summary>
    internal static Exception Last()
    {
        var message = Native.Text(Native.ts_error_message());
        return Native.ts_error_kind() switch
        {
            2 => new TorchIndexException(message),
            3 => new TorchValueException(message),
            4 => new TorchTypeException(message),
            5 => new TorchNotImplementedException(message),
            6 => new TorchOutOfMemoryException(message),
            7 => new TorchLinearAlgebraException(message),
            Unknown => new TorchNotImplementedException(message),
            _ => new TorchException(message),
        };
    }

    /// <summary>Throws when status is negative.</summary>
    internal static void Check(int status)
    {
        if (status < 0) throw Last();
    }

    /// <summary>Throws when handle is zero.</summary>
    internal static nint Check(nint handle) => handle != 0 ? handle : throw Last();
}
