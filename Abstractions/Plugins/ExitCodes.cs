namespace PluginHost;

/// <summary>What the process ends with.</summary>
public static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>The run itself failed, or the host has a defect.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the pipeline asks for something impossible or unknown.</summary>
    public const int Usage = 2;

    /// <summary>Input data is missing, malformed or unfit.</summary>
    public const int Data = 3;

    /// <summary>A plugin cannot be loaded or broke its contract.</summary>
    public const int Plugin = 4;

    /// <summary>Memory, disk space, a device or a permission is missing.</summary>
    public const int Resources = 5;

    /// <summary>SIGHUP: the terminal or connection was closed.</summary>
    public const int HungUp = 129;

    /// <summary>Ctrl-C, as shells number it: 128 and the signal.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM.</summary>
    public const int Terminated = 143;
}
