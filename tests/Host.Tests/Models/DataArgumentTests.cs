using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Models;

/// <summary>Files named on a command line.</summary>
public sealed class DataArgumentTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-named-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IReadOnlyList<NamedData> Read(IReadOnlyList<string> files, params IReadOnlyList<string> settings) =>
        new DataArgument(new InputFormats(RealHost.Components)).Read(
            [.. files.Select(f => Path.Combine(folder, f))], settings, PathSearch.WorkingDirectory.Resolve);

    [Fact]
    public void Each_file_is_read_by_what_it_holds_and_patterns_by_name()
    {
        foreach (var name in (string[])["b.fa", "a.fa", "literal*.fa"]) File.WriteAllText(Path.Combine(folder, name), ">x\nACGT\n");
        File.WriteAllText(Path.Combine(folder, "t.csv"), "sequence\nACGT\n");

        var named = Read(["t.csv", "?.fa", "b.fa", "literal*.fa"], "onBad=skip");
        Assert.Equal(["t.csv", "a.fa", "b.fa", "literal*.fa"], named.Select(n => Path.GetFileName(n.File)));
        Assert.Equal(["table", "fasta", "fasta", "fasta"], named.Select(n => n.Source.Use));
        Assert.All(named, n => Assert.Equal("skip", n.Source.With["onBad"]));
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        Assert.EndsWith("none.fa does not exist.", Assert.Throws<DataException>(() => Read(["none.fa"])).Message);
        Assert.StartsWith("No file matches '", Assert.Throws<DataException>(() => Read(["none*.fa"])).Message);
        Assert.StartsWith("Name the data", Assert.Throws<UsageException>(() => Read([])).Message);
        Assert.Equal("table", Assert.Single(Read([], "use=table", "path=x.csv")).Source.Use);
    }
}
