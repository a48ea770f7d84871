using System.Runtime.InteropServices;

namespace PluginHost.Host.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the command to stop cleanly, the second ends the process.</summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private int code;

    /// <summary>Begins to listen.</summary>
    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, c => On(c, ExitCodes.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => On(c, ExitCodes.Terminated)),
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
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void On(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref code, exitCode, 0) != 0)
        {
            Console.Error.WriteLine("Stopped at once.");
            Environment.Exit(exitCode);
        }
        Console.Error.WriteLine("\nStopping as soon as the work is safe; once more to stop at once.");
        source.Cancel();
    }
}
