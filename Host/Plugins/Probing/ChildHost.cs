using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace PluginHost.Host.Plugins.Probing;

/// <summary>The host a second time, in a process of its own, in which plugins may do what they like to it.</summary>
internal static class ChildHost
{
    /// <summary>The hidden command that it runs.</summary>
    public static readonly string[] Words = ["plugins", "probe"];

    private const int KeptError = 1 << 16;
    private static readonly TimeSpan start = TimeSpan.FromMinutes(1), patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Of the command.</param>
    /// <param name="silence">How long it may go on without a message before it is killed, once it has started.</param>
    /// <param name="hear">Called with each message.</param>
    /// <param name="cancellation">Kills it, too.</param>
    public static async Task<ChildEnd> RunAsync(IEnumerable<string> arguments, TimeSpan silence, Action<ProbeMessage> hear,
        CancellationToken cancellation)
    {
        var word = RandomNumberGenerator.GetHexString(16, lowercase: true);
        using var process = Process.Start(Command(arguments, word))!;
        process.StandardInput.Close();
        var error = new StringBuilder();
        _ = KeepAsync(process.StandardError, error);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        clock.CancelAfter(start);
        var whole = false;
        try
        {
            while (!whole && await process.StandardOutput.ReadLineAsync(clock.Token) is { } line)
            {
                if (ProbeMessage.Read(line, word) is not { } message) continue;
                clock.CancelAfter(silence);
                whole = message.Moment == ProbeMoment.Done;
                hear(message);
            }
            // What it started may hold its output open; what a plugin left running may hold the process.
            clock.CancelAfter(whole ? patience : silence);
            await process.WaitForExitAsync(clock.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return new ChildEnd(null, "", whole);
        }
        await Task.Delay(20, CancellationToken.None);
        lock (error) return new ChildEnd(process.ExitCode, error.ToString(), whole);
    }

    private static async Task KeepAsync(StreamReader reader, StringBuilder kept)
    {
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer) is > 0 and var count)
                lock (kept)
                    if (kept.Length < KeptError) kept.Append(buffer, 0, count);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException) { /* the process is gone */ }
    }

    private static ProcessStartInfo Command(IEnumerable<string> arguments, string word)
    {
        var self = Environment.ProcessPath;
        // Started as `dotnet host.dll`, the process is dotnet itself; in a test it is the test.
        var isHost = Path.GetFileNameWithoutExtension(self) == typeof(ChildHost).Assembly.GetName().Name;
        var command = new ProcessStartInfo(isHost || Path.GetFileNameWithoutExtension(self) == "dotnet" ? self! : "dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        if (!isHost) command.ArgumentList.Add(typeof(ChildHost).Assembly.Location);
        foreach (var argument in Words.Concat(arguments)) command.ArgumentList.Add(argument);
        command.Environment[ProbeMessage.WordVariable] = word;
        // A crash is what it is for: nobody wants the dump.
        command.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        // Models of trials are tiny, and other trials run beside this one.
        command.Environment["OMP_NUM_THREADS"] = "1";
        return command;
    }
}
