namespace PluginHost.Plugins.Tests;

/// <summary>Tests that build models run one after another: they share libtorch's default generator.</summary>
[CollectionDefinition(Name)]
public sealed class TorchCollection
{
    public const string Name = "torch";
}
