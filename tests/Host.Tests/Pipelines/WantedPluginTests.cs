using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Tests.Plugins;

namespace PluginHost.Host.Tests.Pipelines;

/// <summary><c>plugins:</c> of a pipeline: folders of its own, and plugins that must be there.</summary>
public sealed class WantedPluginTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Its_folders_are_relative_to_it_and_what_they_hold_can_be_used_at_once()
    {
        folder.Add("NeedsLate");
        var (pipeline, components) = Read("plugins: ./\n", metrics: "late");
        Assert.Contains(components.Plugins, p => p is { Name: "NeedsLate", Failure: null });
        Assert.Equal([folder.Path + "/"], pipeline.Plugins.Folders.Select(f => f.TrimEnd('/') + "/"));
    }

    [Fact]
    public void They_go_into_the_resolved_pipeline_with_full_paths_and_reading_that_changes_nothing()
    {
        folder.Add("NeedsLate");
        var (pipeline, _) = Read("plugins: [ ., { name: NeedsLate, version: '>=1 <3' }, { name: needslate } ]\n", metrics: "late");
        Assert.Contains($"plugins:\n- {folder.Path}\n- name: NeedsLate\n  version: '>=1 <3'\n- name: needslate\n", pipeline.ResolvedYaml);
        using var elsewhere = new PipelineFile(pipeline.ResolvedYaml);
        Assert.Equal(pipeline.ResolvedYaml, FakeCatalog.Reader().Read(elsewhere.Path).ResolvedYaml);
    }

    [Fact]
    public void A_moved_pipeline_asks_for_the_same()
    {
        var (one, _) = Read("");
        var (other, _) = Read("plugins: .\n");
        Assert.True(FakeCatalog.Reader().IsSameRun(one, other));
    }

    [Theory]
    [InlineData("{ name: NeedsLate, version: '>=3' }", "p.yaml:1: plugins.1: the plugin NeedsLate >=3 is wanted, but 2.0.0 is here")]
    [InlineData("{ name: NeedsLater }", "the plugin NeedsLater is wanted, but it is not here (did you mean 'NeedsLate'?). Install it: host "
        + "plugins install PACKAGE")]
    [InlineData("{ name: SpeechOne }", "the plugin SpeechOne is wanted, but plugin SpeechOne was refused: it is not a .NET assembly.")]
    public void What_is_wanted_and_not_there_is_a_fault_of_the_plugins(string wanted, string why)
    {
        folder.Add("NeedsLate");
        File.WriteAllText(folder.Add("SpeechOne"), "garbage");
        var failure = Assert.Throws<PluginException>(() => Read($"plugins: [ ., {wanted} ]\n", metrics: "late"));
        Assert.Contains(why, failure.Message.Replace(folder.Path + "/", ""));
        Assert.Equal(4, failure.ExitCode);
    }

    [Theory]
    [InlineData("plugins: ./nowhere\n", "plugins: the folder ")]
    [InlineData("plugins: [ [ a ] ]\n", "plugins.0: must be a folder or a plugin, but is a list; write a folder, or { name: NAME")]
    [InlineData("plugins: { name: A, version: new }\n", "plugins.version: must be a range such as '>=2.0 <3.0'")]
    [InlineData("plugins: [ { version: '1' } ]\n", "plugins.0: has no name")]
    [InlineData("plugins: [ { name: A, versoin: '1' } ]\n", "unknown key 'versoin'; a plugin has: name, version (did you mean 'version'?)")]
    public void What_is_written_wrongly_is_a_usage_error(string plugins, string why) =>
        Assert.Contains(why, Assert.Throws<UsageException>(() => Read(plugins)).Message.Replace(folder.Path + "/", ""));

    [Fact]
    public void Of_two_plugins_of_a_name_that_come_late_the_first_stays()
    {
        folder.Add("NeedsLate");
        using var other = new FixtureFolder();
        other.Add("NeedsLate");
        var components = FakeCatalog.Factory();
        components.LookIn([folder.Path]);
        Assert.Equal(1, components.Plugins.Count(p => p.Failure is null && p.Name == "NeedsLate"));
        components.LookIn([other.Path, folder.Path]);
        Assert.Equal([PluginState.Loaded, PluginState.Hidden], components.Plugins.Where(p => p.Name == "NeedsLate").Select(p => p.State));
    }

    private (PipelineDefinition Pipeline, ComponentFactory Components) Read(string plugins, string metrics = "mcc")
    {
        var file = Path.Combine(folder.Path, "p.yaml");
        File.WriteAllText(file, plugins + PipelineFile.Small.Replace("[mcc, { use: f1 }]", $"[{metrics}]"));
        var components = FakeCatalog.Factory();
        return (new PipelineReader(components).Read(file), components);
    }
}
