namespace PluginHost.Host.Cli;

/// <summary>What the options that every command has say.</summary>
public sealed class HostSettings
{
    /// <summary>Folders of plugins beside the default ones: <c>--plugins</c>.</summary>
    public IReadOnlyList<string> PluginFolders { get; set; } = [];

    /// <summary>Plugins that are new to this machine are loaded without being tried in another process first: <c>--trust</c>.</summary>
    public bool Trust { get; set; }

    /// <summary>Plugins must be those that models and runs record: <c>--locked</c>.</summary>
    public bool Locked { get; set; }

    /// <summary>Stack traces and inner causes are shown: <c>--verbose</c>.</summary>
    public bool Verbose { get; set; }

    /// <summary>Only results and warnings are shown: <c>--quiet</c>.</summary>
    public bool Quiet { get; set; }
}
