using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace PluginHost.EndToEnd.Tests;

/// <summary>The packages for authors of plugins, of what was just built.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Abstractions/PluginHost.Abstractions.csproj", "PluginHost.Abstractions", "TorchSharp")]
    [InlineData("Torch/PluginHost.Torch.csproj", "PluginHost.Torch", "TorchSharp")]
    [InlineData("libs/PluginKit/PluginKit.csproj", "PluginHost.PluginKit", "PluginHost.Abstractions", "PluginHost.Torch", "TorchSharp",
        "xunit.v3")]
    public void A_package_has_documentation_symbols_a_readme_and_what_it_needs(string project, string id, params string[] needs)
    {
        using var package = Pack(project, id);
        var names = package.Entries.Select(e => e.FullName).ToList();
        Assert.Contains($"lib/net10.0/{id}.xml", names);
        Assert.Contains("README.md", names);

        using var image = new MemoryStream();
        using (var library = package.GetEntry($"lib/net10.0/{id}.dll")!.Open()) library.CopyTo(image);
        using var reader = new PEReader(new MemoryStream(image.ToArray()));
        Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);

        using var text = package.GetEntry($"{id}.nuspec")!.Open();
        var specification = XDocument.Load(text);
        Assert.Equal(needs, specification.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value)
            .Order());
        Assert.Equal("Apache-2.0", specification.Descendants().Single(e => e.Name.LocalName == "license").Value);
    }

    [Fact]
    public void The_package_of_templates_holds_the_template_as_it_is()
    {
        using var package = Pack("templates/PluginHost.Templates.csproj", "PluginHost.Templates");
        var content = Path.Combine(Repository.Root, "templates", "plugin");
        var files = Directory.GetFiles(content, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(content, f)).ToList();

        Assert.Contains(".template.config/template.json", files);
        foreach (var file in files)
        {
            using var packed = new StreamReader(package.GetEntry($"content/plugin/{file}")!.Open());
            Assert.Equal(File.ReadAllText(Path.Combine(content, file)), packed.ReadToEnd());
        }
    }

    private ZipArchive Pack(string project, string id)
    {
        var done = Shell.Run(folder,
            $"dotnet pack {Path.Combine(Repository.Root, project)} -c Release --no-build --no-restore -nodeReuse:false -v quiet -nologo "
            + "-o .");
        Assert.True(done.Code == 0, done.Output + done.Error);
        return ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder, $"{id}.*.nupkg")));
    }
}
