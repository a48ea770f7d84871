using PluginHost.Torch;

namespace PluginHost.Host.Foundation;

/// <summary>Memory that ran out, in words and with what to do about it.</summary>
public static class OutOfMemory
{
    /// <summary>The failure in the user's terms, or null when neither it nor what caused it is about memory.</summary>
    public static ResourceException? Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (TensorErrors.IsOutOfMemory(cause))
                return new ResourceException($"There is not enough memory: {FirstLine(cause)} Lower batchTokens (or batchSize) and raise "
                    + "accumulate to keep the batch, or use a smaller model or a machine with more memory.", failure);
        return null;
    }

    private static string FirstLine(Exception cause) => TensorErrors.Message(cause).Split('\n')[0].TrimEnd('.', ' ') + ".";
}
