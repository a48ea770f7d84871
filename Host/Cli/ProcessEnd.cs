using System.Diagnostics;
using System.Runtime.InteropServices;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Cli;

/// <summary>
/// How the process ends: with the host's own exit code, whatever threads and handlers plugins have left behind; and when a plugin ends it,
/// or throws on a thread of its own, with a sentence, exit code 4, and the run's record saying so.
/// </summary>
/// <remarks>A stack overflow, <c>Environment.FailFast</c> and crashes of native code end it without any of that.</remarks>
public sealed class ProcessEnd
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);
    private static int decided;

    private readonly StandardStreams streams;

    private ProcessEnd(StandardStreams streams) => this.streams = streams;

    /// <summary>Begins to watch, before any plugin is loaded.</summary>
    public static void Watch(StandardStreams streams)
    {
        var end = new ProcessEnd(streams);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => end.OnExit();
        AppDomain.CurrentDomain.UnhandledException += (_, e) => end.OnUnhandled(e.ExceptionObject as Exception);
    }

    /// <summary>Ends the process as the host means to. What a plugin does at its end is waited for no longer than a moment.</summary>
    /// <param name="code">One of <see cref="ExitCodes"/>.</param>
    /// <param name="say">Says why, where there is something to say; it may block where nobody reads.</param>
    public static void With(int code, Action? say = null)
    {
        Volatile.Write(ref decided, 1);
        Soon(code);
        say?.Invoke();
        Environment.Exit(code);
    }

    private void OnExit()
    {
        if (Volatile.Read(ref decided) != 0) return;
        Fail(new PluginException(Ended(ExitCalls.Find(), Environment.ExitCode)));
    }

    private static string Ended(IReadOnlyList<(PluginInfo Plugin, string Method)> calls, int code) => calls.Count == 0
        ? $"Something else than the host ended the process, with exit code {code}: code of a plugin that calls Environment.Exit in a "
            + "hidden way, or a native library."
        : $"{string.Join(" or ", calls.GroupBy(c => c.Plugin)
            .Select(p => $"Plugin {p.Key.Name} ({p.Key.Path}) in {string.Join(" or ", p.Select(c => c.Method).Distinct())}"))} "
            + $"ended the process by Environment.Exit({code}). A plugin that cannot go on has to throw.";

    private void OnUnhandled(Exception? failure)
    {
        if (failure is null) return;
        var place = PluginFrames.Find(failure, components: null);
        if (place is null) RunInProgress.Fail(failure);
        else Fail(new PluginException($"{place}, on a thread of its own: {Causes.Of(failure)}", failure));
    }

    private void Fail(PluginException why)
    {
        Volatile.Write(ref decided, 1);
        Soon(why.ExitCode);
        streams.Error.WriteLine($"host: {why.Message}");
        RunInProgress.Fail(why);
        Leave(why.ExitCode);
    }

    /// <summary>Ends the process in a moment, whatever its other threads wait for.</summary>
    private static void Soon(int code) => new Thread(() =>
    {
        Thread.Sleep(patience);
        Leave(code);
    })
    { IsBackground = true, Name = "end" }.Start();

    private static void Leave(int code)
    {
        if (OperatingSystem.IsWindows()) Process.GetCurrentProcess().Kill();
        else LeaveAtOnce(code);
    }

    // Environment.Exit runs the handlers of plugins, and waits for whoever is in it already.
    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void LeaveAtOnce(int code);
}
