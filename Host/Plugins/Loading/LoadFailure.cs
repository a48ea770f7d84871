using PluginHost.Host.Foundation;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>Says in the rest of a sentence about a plugin what went wrong while it was loaded.</summary>
internal static class LoadFailure
{
    /// <summary>The reason.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="room">Where, if the plugin got that far.</param>
    public static string Explain(Exception exception, PluginRoom? room) =>
        MissingDependency(exception, room) ?? Causes.Root(exception) switch
        {
            HostException known => known.Message,
            FileNotFoundException or FileLoadException or BadImageFormatException =>
                $"a file it needs cannot be loaded: {Causes.Of(exception)}",
            TypeLoadException or MissingMemberException => $"it does not fit this host's contract: {Causes.Of(exception)}",
            _ => $"its code threw {Causes.Of(exception).TrimEnd('.')}{Blame.Lines(exception)}",
        };

    private static string? MissingDependency(Exception exception, PluginRoom? room)
    {
        var cause = Causes.Root(exception);
        // The runtime wraps what a load context throws in exceptions of its own.
        for (var at = cause; at is not null; at = at.InnerException)
            if (at is MissingDependencyException) return at.Message;
        // A type sought in an empty assembly: see HostSide.
        var denied = cause is TypeLoadException
            ? room?.Denied.FirstOrDefault(d => cause.Message.Contains($"'{d.Name},", StringComparison.Ordinal))
            : null;
        return denied is null ? null : new MissingDependencyException(denied).Message;
    }
}
