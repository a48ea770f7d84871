using System.Reflection;

namespace PluginHost.Host.Foundation;

/// <summary>The reason at the bottom of an exception, in one sentence.</summary>
public static class Causes
{
    /// <summary>The innermost telling exception's type and message on one line.</summary>
    public static string Of(Exception exception)
    {
        var cause = Root(exception);
        if (cause is HostException) return cause.Message;
        const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var message = string.Join(' ', Torch.TensorErrors.Message(cause).Split(['\r', '\n'], Words));
        return $"{cause.GetType().Name}: {message}";
    }

    /// <summary>The exception that wrappers of the runtime's own stand around.</summary>
    public static Exception Root(Exception exception) => exception switch
    {
        TargetInvocationException or TypeInitializationException or AggregateException when exception.InnerException is { } inner =>
            Root(inner),
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => Root(first),
        _ => exception,
    };
}
