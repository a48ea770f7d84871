using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Plugins;

namespace PluginHost.Host.Tests.Stages;

/// <summary><c>--locked</c> holds a pipeline to the record beside it.</summary>
public sealed class RunLockTests : IDisposable
{
    private readonly FixtureFolder folder = new();
    private readonly string dll;

    public RunLockTests() => dll = folder.Add("NeedsLate");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_plugins_of_the_record_pass_and_others_do_not()
    {
        Record(Locked().Plugins.Select(p => new RecordedPlugin(p.Name, p.Version, p.Sha256, p.FolderSha256)));
        RunLock.Hold(Pipeline(RunFiles.Pipeline), Locked());
        File.AppendAllText(Path.Combine(Path.GetDirectoryName(dll)!, "LateLibrary.dll"), "another build");
        Assert.Contains("NeedsLate 2.0.0, but other files beside its DLL here",
            Assert.Throws<PluginException>(() => RunLock.Hold(Pipeline(RunFiles.Pipeline), Locked())).Message);
        // Nothing is asked of who does not say --locked.
        RunLock.Hold(Pipeline(RunFiles.Pipeline), folder.Factory());
    }

    [Fact]
    public void Without_a_record_there_is_nothing_to_hold_to()
    {
        Assert.Contains("nothing records which plugins",
            Assert.Throws<UsageException>(() => RunLock.Hold(Pipeline("p.yaml"), Locked())).Message);
        Assert.Contains("nothing records which plugins",
            Assert.Throws<UsageException>(() => RunLock.Hold(Pipeline(RunFiles.Pipeline), Locked())).Message);
        RunLock.Hold(Pipeline("p.yaml") with { Start = "some/model" }, Locked());
    }

    [Fact]
    public void A_record_that_is_damaged_or_says_nothing_is_refused()
    {
        Record([]);
        Assert.Throws<PluginException>(() => RunLock.Hold(Pipeline(RunFiles.Pipeline), Locked()));
        File.WriteAllText(Path.Combine(folder.Path, RunFiles.Run), "{ damaged");
        Assert.Contains("or its record is damaged", Assert.Throws<PluginException>(
            () => RunLock.Hold(Pipeline(RunFiles.Pipeline), Locked())).Message);
    }

    private ComponentFactory Locked() => new(folder.Load) { Locked = () => true };

    private void Record(IEnumerable<RecordedPlugin> plugins) =>
        SealedText.WriteJson(Path.Combine(folder.Path, RunFiles.Run), new { Plugins = plugins });

    private PipelineDefinition Pipeline(string file) => new()
    {
        Name = "p", File = Path.Combine(folder.Path, file), Tokenizer = new("t"), Architecture = new("a"), Stages = [], ResolvedYaml = "",
    };
}
