using System.Runtime.InteropServices;

namespace PluginHost.Torch;

/// <summary>
/// An error libtorch reported, with its own message. TorchSharp throws the base class for all of them, so code meant for
/// both libraries catches <see cref="ExternalException"/> and asks <see cref="IsOutOfMemory"/>.
/// </summary>
public class TorchException(string message) : ExternalException(message)
{
    /// <summary>Whether an exception of either tensor library means that memory ran out (host or device).</summary>
    public static bool IsOutOfMemory(Exception exception) =>
        exception is OutOfMemoryException or TorchOutOfMemoryException ||
        (exception is ExternalException && (exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)));
}

/// <summary>An index outside a tensor's bounds.</summary>
public sealed class TorchIndexException(string message) : TorchException(message);

/// <summary>An argument's value is not allowed.</summary>
public sealed class TorchValueException(string message) : TorchException(message);

/// <summary>An argument is of the wrong type.</summary>
public sealed class TorchTypeException(string message) : TorchException(message);

/// <summary>This libtorch has no such operator, or not for this device or element type.</summary>
public sealed class TorchNotImplementedException(string message) : TorchException(message);

/// <summary>No memory left on the host or the device.</summary>
public sealed class TorchOutOfMemoryException(string message) : TorchException(message);

/// <summary>A matrix is singular or a decomposition did not converge.</summary>
public sealed class TorchLinearAlgebraException(string message) : TorchException(message);
