using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(Explorer))]

namespace PluginHost.Fixtures;

/// <summary>Looks about in the room it was put into, and tells by numbers.</summary>
public sealed class Explorer : IPlugin
{
    public void Register(ICatalog catalog)
    {
        Tell(catalog, "host-package", () => Type.GetType("YamlDotNet.Core.Mark, YamlDotNet") is null ? 0 : 1);
        Tell(catalog, "host-tensors", () => Home(typeof(TorchSharp.torch)) == AssemblyLoadContext.Default ? 1 : 0);
        Tell(catalog, "line", () => new StackTrace(fNeedFileInfo: true).GetFrame(0)!.GetFileLineNumber());
        Tell(catalog, "native", Native.Bare);
        Tell(catalog, "native-file", Native.File);
        Tell(catalog, "native-version", Native.Version);
    }

    private static AssemblyLoadContext? Home(Type type) => AssemblyLoadContext.GetLoadContext(type.Assembly);

    private static void Tell(ICatalog catalog, string name, Func<int> look) =>
        catalog.Add<IMetric, NoOptions>(name, (_, _) => new ConstantMetric(look()), "What it saw.");
}

/// <summary>A native library, under the names by which one may be called.</summary>
internal static class Native
{
    private const string Function = "SystemNative_GetPid";

    [DllImport("explored", EntryPoint = Function)]
    public static extern int Bare();

    [DllImport("libexplored.so", EntryPoint = Function)]
    public static extern int File();

    [DllImport("libexplored.so.3", EntryPoint = Function)]
    public static extern int Version();
}
