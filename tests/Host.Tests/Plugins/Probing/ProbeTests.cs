using PluginHost.Host.Plugins.Probing;

namespace PluginHost.Host.Tests.Plugins.Probing;

/// <summary>Whatever a plugin does to the process that tries it, the others have their verdicts.</summary>
public sealed class ProbeTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Add(string name) => Path.GetDirectoryName(folder.Add(name))!;

    [Fact]
    public void The_one_that_ends_the_process_is_found_among_many()
    {
        string[] names = ["SpeechOne", "OverflowsStack", "FailsFast", "SpeechTwo", "CrashesNatively", "EndsProcess", "ThrowsInRegister"];
        var verdicts = new Probe().TryAll([.. names.Select(Add)]).Zip(names).ToDictionary(v => v.Second, v => v.First);
        Assert.All(["SpeechOne", "SpeechTwo"], name => Assert.True(verdicts[name] is { IsGood: true, IsDeadly: false }));
        Assert.Equal(["metric speech"], verdicts["SpeechOne"].Offers);
        Assert.Equal("it overflowed the stack, which ended the process", Deadly(verdicts["OverflowsStack"]));
        Assert.Equal("it called Environment.FailFast: the licence server is down", Deadly(verdicts["FailsFast"]));
        Assert.Equal("it killed the process (signal 9, SIGKILL)", Deadly(verdicts["CrashesNatively"]));
        Assert.Equal("it ended the process", Deadly(verdicts["EndsProcess"]));
        Assert.Equal("its code threw InvalidOperationException: the plugin's table of contents is on fire.",
            verdicts["ThrowsInRegister"].Failure);
        Assert.False(verdicts["ThrowsInRegister"].IsDeadly);
    }

    [Theory]
    [InlineData("LoopsInRegister")]
    [InlineData("LoopsInStaticConstructor")]
    public void One_that_never_returns_is_given_up(string name) => Assert.Equal("it did not return within 0.5 seconds",
        Deadly(new Probe(TimeSpan.FromSeconds(0.5)).TryAll([Add(name)])[0]));

    [Fact]
    public void A_thread_that_strikes_in_anothers_turn_is_told_apart_from_that_one()
    {
        // Gone when the one after it is being tried.
        var verdicts = new Probe().TryAll([Add("CrashesLater"), Add("SpeechOne")]);
        Assert.Equal("it threw where nobody could catch it: System.InvalidOperationException: a thread with nobody to catch it",
            Deadly(verdicts[0]));
        Assert.True(verdicts[1].IsGood);
    }

    [Fact]
    public void A_folder_that_is_none_is_refused_as_the_loader_refuses_it()
    {
        File.Delete(folder.Add("Empty", "SpeechOne"));
        Assert.Equal("its folder holds no Empty.dll: the main DLL must be named as the folder.",
            Probe.Try(Path.Combine(folder.Path, "Empty")).Failure);
    }

    private static string? Deadly(Verdict verdict)
    {
        Assert.True(verdict.IsDeadly, verdict.Failure ?? "it is good");
        return verdict.Failure;
    }
}
