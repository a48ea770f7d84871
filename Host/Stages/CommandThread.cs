using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Torch.Loading;

namespace PluginHost.Host.Stages;

/// <summary>
/// Runs a command that uses libtorch: its grad mode, autocast and dispose scopes belong to a thread, so all of a command runs on one.
/// </summary>
public static class CommandThread
{
    /// <summary>Runs it with failures explained (<see cref="Blame"/>) and memory guarded.</summary>
    /// <param name="components">Knows the plugins.</param>
    /// <param name="command">What to run.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> Run(IComponentFactory components, Func<int> command, CancellationToken cancellation) =>
        RunTool(components, () =>
    {
        Libtorch.Load();
        MemoryGuard.Arm();
        return command();
    }, cancellation);

    /// <summary>Runs a tool: most need no tensor, so libtorch is loaded by the first that does.</summary>
    /// <inheritdoc cref="Run"/>
    public static Task<int> RunTool(IComponentFactory components, Func<int> tool, CancellationToken cancellation) => Task.Factory.StartNew(
        () => Blame.Guard(components, tool, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
