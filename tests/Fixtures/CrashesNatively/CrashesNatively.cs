using System.Runtime.InteropServices;
using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(CrashesNatively))]

namespace PluginHost.Fixtures;

/// <summary>Is killed by a signal, as by a defect of a native library that it brings.</summary>
public sealed partial class CrashesNatively : IPlugin
{
    private const int Killed = 9;

    public void Register(ICatalog catalog) => _ = Raise(Killed);

    [DllImport("libc", EntryPoint = "raise")]
    private static extern int Raise(int signal);
}
