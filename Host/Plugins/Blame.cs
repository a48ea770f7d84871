using System.Diagnostics;
using PluginHost.Host.Foundation;

namespace PluginHost.Host.Plugins;

/// <summary>
/// Turns what went wrong inside a stage into a failure the user can act on: memory that ran out, or the plugin that threw.
/// </summary>
public static class Blame
{
    /// <summary>Does something that calls into libtorch and plugins.</summary>
    /// <param name="components">Knows the plugins.</param>
    /// <param name="action">What to do.</param>
    public static T Guard<T>(IComponentFactory components, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (Explain(failure, components) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>The failure in the user's terms, or null when it is that already or nobody's in particular.</summary>
    public static HostException? Explain(Exception failure, IComponentFactory components)
    {
        if (OutOfMemory.Explain(failure) is { } memory) return memory;
        if (failure is HostException or OperationCanceledException) return null;
        var plugins = components.Plugins.Where(p => p.Failure is null).ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var frame in new StackTrace(failure).GetFrames())
            if (frame.GetMethod()?.DeclaringType?.Assembly.GetName().Name is { } assembly && plugins.TryGetValue(assembly, out var plugin))
                return new PluginException($"Plugin {plugin.Name} ({plugin.Path}) failed in "
                    + $"{frame.GetMethod()!.DeclaringType!.Name}.{frame.GetMethod()!.Name}: {Causes.Of(failure)}", failure);
        return null;
    }
}
