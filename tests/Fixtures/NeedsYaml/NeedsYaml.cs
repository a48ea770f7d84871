using System.Runtime.Loader;
using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(NeedsYaml))]

namespace PluginHost.Fixtures;

/// <summary>Needs a library that the host also has, inside a method that runs late.</summary>
public sealed class NeedsYaml : IPlugin
{
    public void Register(ICatalog catalog) =>
        catalog.Add<IMetric, NoOptions>("own-yaml", (_, _) => new ConstantMetric(IsOwn() ? 1 : 0), "1 if it is not the host's.");

    private static bool IsOwn() =>
        AssemblyLoadContext.GetLoadContext(typeof(YamlDotNet.Core.Mark).Assembly) != AssemblyLoadContext.Default;
}
