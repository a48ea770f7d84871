using System.Runtime.CompilerServices;

namespace PluginHost.Plugins.Tests;

/// <summary>Tests that build models run one after another: they share libtorch's default generator.</summary>
[CollectionDefinition(Name)]
public sealed class TorchCollection
{
    public const string Name = "torch";

    /// <summary>Tiny models are faster on one thread, and other tests run beside them.</summary>
    [ModuleInitializer]
    internal static void OneThread() => Environment.SetEnvironmentVariable("OMP_NUM_THREADS", "1");
}
