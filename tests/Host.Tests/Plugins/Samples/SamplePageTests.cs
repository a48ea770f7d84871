using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PluginHost.Host.Tests.Plugins.Samples;

/// <summary>The table of docs/plugins/samples.md says what is there.</summary>
[Collection("sample plugins")]
public sealed class SamplePageTests(SamplePlugins plugins)
{
    private static Dictionary<string, string[]> Rows => File.ReadLines(Path.Combine(Repository.Root, "docs", "plugins", "samples.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(" | "))
        .ToDictionary(cells => cells[0].Trim('`'));

    [Fact]
    public void It_has_every_sample_with_its_pipeline_its_lines_and_the_types_of_the_contract_it_refers_to()
    {
        Assert.Equal(Directory.GetDirectories(SamplePlugins.Sources).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Rows.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, cells) in Rows)
        {
            Assert.True(File.Exists(Path.Combine(SamplePlugins.Sources, cells[2].Trim('`'))), cells[2]);
            var lines = Directory.GetFiles(Path.Combine(SamplePlugins.Sources, name), "*.cs").Sum(file => File.ReadLines(file).Count());
            Assert.Equal((name, $"{lines}", $"{Types(name)}"), (name, cells[3], cells[4]));
        }
    }

    private int Types(string plugin)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(plugins.Plugins, plugin, plugin + ".dll")));
        var metadata = file.GetMetadataReader();
        return metadata.TypeReferences.Select(metadata.GetTypeReference).Count(type =>
            type.ResolutionScope.Kind == HandleKind.AssemblyReference && metadata.GetString(
                metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "PluginHost.Abstractions");
    }

    [Fact]
    public void Each_folder_holds_no_assembly_but_its_own()
    {
        foreach (var name in Rows.Keys)
            Assert.Equal([name + ".dll"], Directory.GetFiles(Path.Combine(plugins.Plugins, name), "*.dll").Select(Path.GetFileName));
    }
}
