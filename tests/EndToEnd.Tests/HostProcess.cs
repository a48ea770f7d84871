using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A real host process. One libtorch thread, so that a busy test machine does not slow it down more than its share.</summary>
internal sealed class HostProcess : IDisposable
{
    public const int HangUp = 1, Interrupt = 2, Terminate = 15;

    private readonly Process process;
    private readonly StringBuilder output = new(), error = new();

    private HostProcess(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null,
        string signals = "--default-signal=INT,HUP,TERM")
    {
        // A test run in the background of a shell inherits an ignored SIGINT, which .NET rightly leaves ignored.
        var start = new ProcessStartInfo("env")
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            ArgumentList = { signals, "dotnet", Repository.HostDll },
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Repository.Root, "artifacts", "cache");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) lock (output) output.AppendLine(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) lock (error) error.AppendLine(line.Data); };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it printed so far.</summary>
    public string Output { get { lock (output) return output.ToString(); } }

    /// <summary>What it said on standard error so far.</summary>
    public string Error { get { lock (error) return error.ToString(); } }

    public bool HasExited => process.HasExited;

    public static HostProcess Start(string folder, params IEnumerable<string> arguments) => new(folder, arguments);

    /// <summary>Starts it with further environment variables.</summary>
    public static HostProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        new(folder, arguments, environment);

    /// <summary>Starts it as <c>nohup</c> does.</summary>
    public static HostProcess StartIgnoringHangUp(string folder, params IEnumerable<string> arguments) =>
        new(folder, arguments, signals: "--ignore-signal=HUP");

    /// <summary>Runs to the end.</summary>
    public static Result Run(string folder, params IEnumerable<string> arguments)
    {
        using var host = Start(folder, arguments);
        return host.Wait();
    }

    /// <summary>Runs to the end with further environment variables.</summary>
    public static Result Run(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        using var host = new HostProcess(folder, arguments, environment);
        return host.Wait();
    }

    public Result Wait()
    {
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(4)), $"The host did not end in time. It said:\n{Error}");
        process.WaitForExit();
        return new Result(process.ExitCode, Output, Error);
    }

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public void Kill()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
    }

    /// <summary>Ctrl-C.</summary>
    public void PressCtrlC() => Send(Interrupt);

    public void Send(int signal) => _ = Signal(process.Id, signal);

    /// <summary>Waits until it says or has something, or has ended.</summary>
    public void Until(Func<bool> moment)
    {
        while (!process.HasExited && !moment()) Thread.Sleep(2);
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);

    internal sealed record Result(int Code, string Output, string Error)
    {
        /// <summary>Checks the exit code, showing what the host said when it differs.</summary>
        public Result Expect(int code, params string[] said)
        {
            Assert.True(Code == code, $"exit code {Code} instead of {code}\n{Error}\n{Output}");
            foreach (var text in said)
                Assert.True(Error.Contains(text) || Output.Contains(text), $"'{text}' was not said:\n{Error}\n{Output}");
            return this;
        }
    }
}
