using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>plugins -> Abstractions &lt;- Host, Abstractions -> TorchSharp, and no other arrow.</summary>
public sealed class ReferenceArrowTests
{
    private static readonly string plugins = Path.Combine(Repository.Root, "artifacts", "plugins");

    public static TheoryData<string> Plugins => [.. Directory.GetDirectories(plugins).Select(p => Path.GetFileName(p)!)];

    [Theory]
    [MemberData(nameof(Plugins))]
    public void A_plugin_references_neither_the_host_nor_another_plugin(string plugin)
    {
        var forbidden = Directory.GetDirectories(plugins).Select(Path.GetFileName).Where(p => p != plugin).Append("host");
        var references = References(Path.Combine(plugins, plugin, plugin + ".dll"));
        Assert.Contains("PluginHost.Abstractions", references);
        Assert.Empty(references.Intersect(forbidden!));
    }

    [Theory]
    [MemberData(nameof(Plugins))]
    public void A_plugins_folder_has_no_copy_of_the_contract(string plugin) =>
        Assert.Empty(Directory.GetFiles(Path.Combine(plugins, plugin), "PluginHost.*"));

    [Fact]
    public void The_host_references_no_plugin()
    {
        var references = References(Path.Combine(AppContext.BaseDirectory, "host.dll"));
        Assert.Contains("PluginHost.Abstractions", references);
        Assert.Empty(references.Intersect(Directory.GetDirectories(plugins).Select(p => Path.GetFileName(p)!)));
    }

    [Fact]
    public void The_contract_references_the_tensor_library_alone() => Assert.Equal(
        ["TorchSharp"],
        References(Path.Combine(AppContext.BaseDirectory, "PluginHost.Abstractions.dll"))
            .Where(r => !r.StartsWith("System.", StringComparison.Ordinal)).Order());

    [Fact]
    public void The_tensor_library_references_nothing_of_ours() => Assert.DoesNotContain(
        References(Path.Combine(AppContext.BaseDirectory, "PluginHost.Torch.dll")), r =>
            r.StartsWith("PluginHost", StringComparison.Ordinal) || r == "host");

    private static List<string> References(string dll)
    {
        using var pe = new PEReader(File.OpenRead(dll));
        var metadata = pe.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
