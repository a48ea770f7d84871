using System.Runtime.InteropServices;
using PluginHost.Host.Foundation;

namespace PluginHost.Host.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP (a terminal or connection that is closed): the first asks the command to stop cleanly, the second ends the
/// process. A command that has nothing to save and does not stop within seconds is ended, too. Signals that whoever started the process
/// has it ignore, as <c>nohup</c> does with SIGHUP, stay ignored.
/// </summary>
public sealed class Interruption : IDisposable
{
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(5), pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource source = new();
    private readonly ManualResetEventSlim over = new();
    private readonly PosixSignalRegistration[] registrations;
    private int code;

    /// <summary>Begins to listen.</summary>
    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, c => On(c, ExitCodes.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => On(c, ExitCodes.Terminated)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => On(c, ExitCodes.HungUp)),
    ];

    /// <summary>Set by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Whether a signal came.</summary>
    public bool Requested => Volatile.Read(ref code) != 0;

    /// <summary>The process's exit code: the signal's own when a command was interrupted by it.</summary>
    public int ExitCode(int ofCommand) => ofCommand == ExitCodes.Interrupted && Requested ? Volatile.Read(ref code) : ofCommand;

    /// <inheritdoc/>
    public void Dispose()
    {
        over.Set();
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void On(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref code, exitCode, 0) != 0) End("Stopped at once.", exitCode);
        Say("\nStopping as soon as the work is safe; once more to stop at once.");
        new Thread(EndWhenIdle) { IsBackground = true, Name = "interruption" }.Start();
        try { source.Cancel(); }
        catch (ObjectDisposedException) { /* the command ended meanwhile */ }
    }

    // What does not look at the token, such as a plugin that reads an input nobody writes to, is not waited for; what saves its work is.
    private void EndWhenIdle()
    {
        var left = grace;
        while (!over.Wait(pause))
            if (UnsavedWork.IsThere) left = grace;
            else if ((left -= pause) <= TimeSpan.Zero)
                End("Interrupted: there was nothing to save.", Volatile.Read(ref code));
    }

    private static void End(string why, int exitCode) => ProcessEnd.With(exitCode, () => Say(why));

    // The terminal that is gone is what SIGHUP tells of.
    private static void Say(string text)
    {
        try { Console.Error.WriteLine(text); }
        catch (IOException) { /* nobody is there to read it */ }
    }
}
