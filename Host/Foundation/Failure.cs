namespace PluginHost.Host.Foundation;

/// <summary>Turns what went wrong into a message and an exit code.</summary>
public static class Failure
{
    private const int NoSpace = 28; // ENOSPC
    private const int DiskQuota = 122; // EDQUOT
    private const int ReadOnly = 30; // EROFS

    /// <summary>Prints the failure.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="verbose">Whether to print stack traces and inner causes.</param>
    /// <param name="interrupted">Whether the user asked to stop.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit code.</returns>
    public static int Report(Exception exception, bool verbose, bool interrupted, TextWriter error)
    {
        var cause = Causes.Root(exception);
        if (cause is OperationCanceledException && interrupted)
        {
            error.WriteLine("Interrupted.");
            return ExitCodes.Interrupted;
        }
        var (code, message) = Explain(cause);
        error.WriteLine($"host: {message}");
        if (verbose) error.WriteLine(exception);
        return code;
    }

    private static (int Code, string Message) Explain(Exception cause) => cause switch
    {
        // A plugin may derive failures of its own: none of them is a success.
        HostException known => (known.ExitCode == ExitCodes.Done ? ExitCodes.Plugin : known.ExitCode, known.Message),
        _ when OutOfMemory.Explain(cause) is { } memory => (memory.ExitCode, memory.Message),
        IOException io when (io.HResult & 0xFFFF) is NoSpace or DiskQuota =>
            (ExitCodes.Resources, $"No space is left on the disk: {io.Message} Free some, or choose another folder with --output."),
        IOException io when (io.HResult & 0xFFFF) is ReadOnly =>
            (ExitCodes.Resources, $"The disk cannot be written: {io.Message} Choose another folder with --output."),
        UnauthorizedAccessException denied =>
            (ExitCodes.Resources, $"{denied.Message} Check the permissions, or choose another folder with --output."),
        Torch.Loading.LibtorchException libtorch => (ExitCodes.Resources, libtorch.Message),
        DllNotFoundException native =>
            (ExitCodes.Resources, $"A native library is missing: {native.Message} 'host doctor' says what is needed."),
        FileNotFoundException or DirectoryNotFoundException => (ExitCodes.Data, cause.Message),
        _ =>
            (ExitCodes.Failed, $"Unexpected failure: {Causes.Of(cause)} This is a defect; run again with --verbose for the details to "
                + "report."),
    };
}
