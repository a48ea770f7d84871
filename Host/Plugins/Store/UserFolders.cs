namespace PluginHost.Host.Plugins.Store;

/// <summary>Where a user's own plugins and settings lie, by the XDG base directory specification.</summary>
public static class UserFolders
{
    /// <summary><c>$XDG_DATA_HOME/pluginhost</c>, or <c>~/.local/share/pluginhost</c>; null for a user without a home.</summary>
    public static string? Data => Of("XDG_DATA_HOME", ".local", "share");

    /// <summary><c>$XDG_CONFIG_HOME/pluginhost</c>, or <c>~/.config/pluginhost</c>; null for a user without a home.</summary>
    public static string? Settings => Of("XDG_CONFIG_HOME", ".config");

    /// <summary>The folder that <c>host plugins install</c> puts plugins into.</summary>
    public static string? Plugins => Data is { } data ? Path.Combine(data, "plugins") : null;

    /// <summary>One of these, for who cannot do without it.</summary>
    /// <exception cref="ResourceException">There is none.</exception>
    public static string Required(string? folder) => folder ?? throw new ResourceException(
        "There is no folder for plugins of your own: neither HOME nor XDG_DATA_HOME is set. Set one of them to a folder you may write to.");

    private static string? Of(string variable, params ReadOnlySpan<string> usual)
    {
        const string Own = "pluginhost";
        // The specification has relative paths passed over.
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given && Path.IsPathRooted(given))
            return Path.Combine(given, Own);
        return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine([home, .. usual, Own]) : null;
    }
}
