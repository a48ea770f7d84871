namespace PluginHost;

/// <summary>A failure the user can act on. The message says what, where and the remedy; the host prints it without a stack trace.</summary>
public class HostException : Exception
{
    /// <param name="exitCode">The process's exit code.</param>
    /// <param name="message">One or two sentences.</param>
    /// <param name="inner">The cause, shown with <c>--verbose</c>.</param>
    protected HostException(int exitCode, string message, Exception? inner) : base(message, inner) => ExitCode = exitCode;

    /// <summary>The process's exit code.</summary>
    public int ExitCode { get; }
}

/// <summary>The run itself failed, for example by a loss that is not a number (exit code 1).</summary>
public sealed class RunFailedException(string message, Exception? inner = null) : HostException(ExitCodes.Failed, message, inner);

/// <summary>A command line or pipeline that asks for something impossible or unknown (exit code 2).</summary>
public sealed class UsageException(string message, Exception? inner = null) : HostException(ExitCodes.Usage, message, inner);

/// <summary>Input data that is missing, malformed or unfit (exit code 3). The message names file and line.</summary>
public sealed class DataException(string message, Exception? inner = null) : HostException(ExitCodes.Data, message, inner);

/// <summary>A plugin that cannot be loaded or broke its contract (exit code 4).</summary>
public sealed class PluginException(string message, Exception? inner = null) : HostException(ExitCodes.Plugin, message, inner);

/// <summary>Not enough memory or disk space, a device that is not there, a folder that cannot be written (exit code 5).</summary>
public sealed class ResourceException(string message, Exception? inner = null) : HostException(ExitCodes.Resources, message, inner);
