using System.Xml.Linq;

namespace PluginHost.Host.Tests.Commands;

/// <summary>
/// <c>-p:Cuda=true</c> takes TorchSharp's CUDA package, and nothing else does: it is many gigabytes, so it stays out of the lock files.
/// </summary>
public sealed class CudaBuildTests
{
    private static readonly string root = Repository.Root;

    [Fact]
    public void The_cuda_package_is_asked_for_on_request_alone()
    {
        var targets = XDocument.Load(Path.Combine(root, "eng", "Libtorch.targets"));
        string Condition(string package) => targets.Descendants("PackageReference")
            .Single(r => (string?)r.Attribute("Include") == package).Parent!.Attribute("Condition")!.Value;
        Assert.Equal("'$(Cuda)' == 'true'", Condition("TorchSharp-cuda-linux"));
        Assert.Equal("'$(Cuda)' != 'true'", Condition("libtorch-cpu-linux-x64"));
    }

    [Fact]
    public void All_of_TorchSharp_has_one_version()
    {
        var packages = XDocument.Load(Path.Combine(root, "Directory.Packages.props"));
        var versions = packages.Descendants("PackageVersion")
            .ToDictionary(p => (string)p.Attribute("Include")!, p => (string)p.Attribute("Version")!);
        Assert.Equal(versions["TorchSharp"], versions["TorchSharp-cuda-linux"]);
        Assert.Equal(typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3), versions["TorchSharp"]);
        Assert.Equal("$(LibtorchVersion)", versions["libtorch-cpu-linux-x64"]);
        Assert.Equal(Torch.Loading.Libtorch.BuiltFor, packages.Descendants("LibtorchVersion").Single().Value);
    }

    [Fact]
    public void No_lock_file_has_it()
    {
        var locks = Directory.GetFiles(root, "packages.lock.json", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/artifacts/")).ToList();
        Assert.NotEmpty(locks);
        Assert.All(locks, file => Assert.DoesNotContain("cuda", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
    }
}
