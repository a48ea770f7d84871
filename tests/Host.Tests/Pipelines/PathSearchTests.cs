using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Tests.Pipelines;

public sealed class PathSearchTests
{
    [Fact]
    public void A_tilde_is_the_home_folder_in_paths_and_in_roots()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(Path.Combine(home, "genomes/hg38.fa"), PathSearch.WorkingDirectory.Resolve("~/genomes/hg38.fa"));
        Assert.Equal(Path.Combine(home, "data"), PathSearch.Of("/p/x.yaml", ["~/data", "here"]).Roots[0]);
        Assert.EndsWith("/~file", PathSearch.WorkingDirectory.Resolve("~file"));
    }
}
