using System.Runtime.InteropServices;

namespace PluginHost.Torch;

/// <summary>Reads what TorchSharp throws: one exception type for all errors, libtorch's words with a native stack below them.</summary>
public static class TensorErrors
{
    private static readonly string[] OutOfMemoryWords = ["out of memory", "not enough memory", "can't allocate memory"];

    /// <summary>Whether an exception means that memory ran out, on the host or on a device.</summary>
    public static bool IsOutOfMemory(Exception exception) => exception is OutOfMemoryException || (exception is ExternalException
        && OutOfMemoryWords.Any(words => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The message without the native stack.</summary>
    public static string Message(Exception exception)
    {
        var message = exception.Message;
        if (exception is not ExternalException) return message;
        var stack = message.IndexOf("\nException raised from ", StringComparison.Ordinal);
        if (stack < 0) stack = message.IndexOf("\nframe #", StringComparison.Ordinal);
        return (stack < 0 ? message : message[..stack]).TrimEnd();
    }
}
