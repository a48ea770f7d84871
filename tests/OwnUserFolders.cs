using System.Runtime.CompilerServices;

/// <summary>Tests, and the hosts they start, look into no plugins and settings of whoever runs them.</summary>
internal static class OwnUserFolders
{
#pragma warning disable CA2255 // A test assembly is an application.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Now()
    {
        var own = Path.Combine(AppContext.BaseDirectory, "user");
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", Path.Combine(own, "data"));
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", Path.Combine(own, "config"));
        Environment.SetEnvironmentVariable("PLUGINHOST_PLUGINS", null);
    }
}
