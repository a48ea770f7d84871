using System.Globalization;
using System.Runtime.InteropServices;

namespace PluginHost.Host.Cli.Terminal;

/// <summary>
/// Standard output and error of the process, made safe to write to before anything else: closed ones would else be the number that the next
/// file gets, and what is printed would end up in it. Standard output belongs to results, which come through here: what plugins print by
/// the console goes to standard error.
/// </summary>
public sealed class StandardStreams
{
    private const int GetFlags = 1, CloseOnExec = 1, ReadAndWrite = 2;

    private StandardStreams(SteadyWriter output, SteadyWriter error) => (Output, Error) = (output, error);

    /// <summary>Standard output.</summary>
    public SteadyWriter Output { get; }

    /// <summary>Standard error.</summary>
    public SteadyWriter Error { get; }

    /// <summary>Those of a process that nobody guards, such as one of tests.</summary>
    public static StandardStreams Plain() => new(new SteadyWriter(Console.Out), new SteadyWriter(Console.Error));

    /// <summary>Takes them over for the whole process.</summary>
    public static StandardStreams Guard()
    {
        var (output, error) = (Number(1), Number(2));
        var streams = Plain();
        if (!output) streams.Output.Close("it is closed");
        if (!error) streams.Error.Close("it is closed");
        Console.SetOut(streams.Error);
        Console.SetError(streams.Error);
        return streams;
    }

    /// <summary>
    /// Whether a number is a stream that the process was given. A free one is filled with nothing, so that no file gets it; the runtime's
    /// own,
    /// which took the place of a closed one, is told by its flag.
    /// </summary>
    private static bool Number(int number)
    {
        if (!OperatingSystem.IsLinux()) return true;
        var flags = Control(number, GetFlags, 0);
        if (flags >= 0) return (flags & CloseOnExec) == 0;
        while (Open("/dev/null", ReadAndWrite) is >= 0 and var got && got < number) { }
        return false;
    }

    /// <summary>What a command ends with: results that went nowhere are no success.</summary>
    /// <param name="code">What it ended with by itself.</param>
    /// <param name="keepsResults">Whether its results are in files too.</param>
    public int Judge(int code, bool keepsResults)
    {
        if (Output.Failure is not { } reason) return code;
        var consequence = keepsResults ? "the results are in its folder" : "what was to be printed there is lost; name a file, or mend it";
        Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"host: standard output cannot be written ({reason}); {consequence}."));
        return code == ExitCodes.Done && !keepsResults ? ExitCodes.Resources : code;
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Control(int descriptor, int command, int argument);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
