using PluginHost.Host.Foundation;
using PluginHost.Libs.Files.Piped;

namespace PluginHost.Host.Plugins;

/// <summary>
/// Turns what went wrong inside a stage into a failure the user can act on: memory that ran out, or the plugin that threw.
/// </summary>
public static class Blame
{
    /// <summary>Does something that calls into libtorch and plugins.</summary>
    /// <param name="components">Knows the plugins.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellation">The user's wish to stop: a cancellation without it is a failure of who threw it.</param>
    public static T Guard<T>(IComponentFactory components, Func<T> action, CancellationToken cancellation = default)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (Explain(failure, components, cancellation) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>The failure in the user's terms, or null when it is that already or nobody's in particular.</summary>
    /// <inheritdoc cref="Guard"/>
    public static HostException? Explain(Exception failure, IComponentFactory components, CancellationToken cancellation = default)
    {
        if (OutOfMemory.Explain(failure) is { } memory) return memory;
        if (failure is OperationCanceledException
            && (cancellation.IsCancellationRequested || Interruptions.Token.IsCancellationRequested)) return null;
        if (failure is PluginException misuse)
            return PluginFrames.Caller(misuse, components) is { } caller
                ? new PluginException($"{caller}: {misuse.Message}", misuse) : null;
        if (failure is HostException || PluginFrames.Find(failure, components) is not { } at) return null;
        return new PluginException($"{at}: {Causes.Of(failure)}", failure);
    }

    /// <summary>
    /// Where a plugin threw, for the middle of a sentence: " (Codons.cs:31)". Empty where the plugin has no symbols beside it.
    /// </summary>
    public static string Lines(Exception failure) => PluginFrames.Find(failure, null)?.Line is { Length: > 0 } line ? $" ({line})" : "";
}
