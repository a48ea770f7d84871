using PluginHost.Host.Tests.Commands;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>A tool that opens models, built outside the solution and dropped into a folder.</summary>
public sealed class OutsideToolTests(OutsideTool plugin) : IClassFixture<OutsideTool>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(params string[] arguments)
    {
        var (code, output, error) = HostProcess.Run([.. arguments, "--plugins", plugin.Plugins]);
        Assert.True(code == 0, error);
        return output + error;
    }

    [Fact]
    public void Its_folder_holds_no_assembly_but_its_own() =>
        Assert.Equal(["AttentionProfile.dll"],
            Directory.GetFiles(Path.Combine(plugin.Plugins, "AttentionProfile"), "*.dll").Select(Path.GetFileName));

    [Fact]
    public void A_pipeline_runs_it_as_a_stage_and_a_command_gives_the_same()
    {
        var pipeline = Path.Combine(Repository.Root, "samples", "plugins", "attention.yaml");
        var (run, table) = (Path.Combine(folder, "run"), Path.Combine(folder, "profile.tsv"));
        Run("run", "--pipeline", pipeline, "--device", "cpu", "--output", run, "--set", "stages.0.train.steps=2");
        var rows = File.ReadAllLines(Path.Combine(run, "tools", "attention-profile", "profile.tsv"));
        // 634 sequences of 100 bases in words of three.
        Assert.Equal(1 + 634 * 98, rows.Length);
        Assert.Equal("1\t0\t3\t", rows[1][..6]);

        Run("attention", "profile", run, Path.Combine(Repository.Root, "samples", "fly_splice", "dev.csv"), "--output", table);
        Assert.Equal(rows, File.ReadAllLines(table));
    }

    [Fact]
    public void The_documentation_shows_it_as_it_is()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "using-models.md"));
        Assert.Contains($"```csharp\n{File.ReadAllText(Path.Combine(plugin.Sources, "AttentionProfile.cs"))}```\n", document);
    }
}
