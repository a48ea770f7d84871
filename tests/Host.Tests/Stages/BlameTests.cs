using PluginHost.Host.Plugins;
using PluginHost.Host.Tests.Plugins;
using PluginHost.Torch;

namespace PluginHost.Host.Tests.Stages;

public class BlameTests
{
    private static Exception Caught(Action action)
    {
        try { action(); }
        catch (Exception failure) { return failure; }
        throw new InvalidOperationException("nothing was thrown");
    }

    [Fact]
    public void Memory_that_ran_out_anywhere_below_is_a_resource_failure()
    {
        var failure = Caught(() => throw new PluginException("building failed", new System.Runtime.InteropServices.ExternalException(
            "[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.\nframes")));
        var explained = Blame.Explain(failure, new FakeComponents());

        Assert.IsType<ResourceException>(explained);
        Assert.Contains("you tried to allocate 9 bytes", explained.Message);
        Assert.DoesNotContain("frames", explained.Message);
        Assert.Contains("batchTokens", explained.Message);
    }

    [Fact]
    public void What_a_plugin_throws_in_a_stage_names_the_plugin()
    {
        // This test assembly stands in for a plugin.
        var me = typeof(BlameTests).Assembly.GetName().Name!;
        var components = new FakeComponents { Plugins = [new(me, "/plugins/me.dll", "1.0", "", null)] };
        var explained = Blame.Explain(Caught(() => throw new InvalidOperationException("bad shape")), components);

        Assert.IsType<PluginException>(explained);
        Assert.Contains("/plugins/me.dll", explained.Message);
        Assert.Contains("bad shape", explained.Message);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure_and_the_users_own_is_not()
    {
        var me = typeof(BlameTests).Assembly.GetName().Name!;
        var components = new FakeComponents { Plugins = [new(me, "/plugins/me.dll", "1.0", "", null)] };
        var failure = Caught(() => throw new OperationCanceledException("bored"));
        Assert.Contains("bored", Assert.IsType<PluginException>(Blame.Explain(failure, components)).Message);
        Assert.Null(Blame.Explain(failure, components, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_line_is_told_and_names_are_those_of_the_source()
    {
        var me = typeof(BlameTests).Assembly.GetName().Name!;
        var components = new FakeComponents { Plugins = [new(me, "/plugins/me.dll", "1.0", "", null)] };
        var failure = Caught(() => Later().GetAwaiter().GetResult());
        Assert.Matches(@"failed in BlameTests\.Later \(.*BlameTests\.cs:\d+\): NotSupportedException: async", Blame.Explain(failure,
            components)!.Message);

        static async Task Later()
        {
            await Task.Yield();
            throw new NotSupportedException("async");
        }
    }

    [Fact]
    public void A_library_that_a_plugin_brings_is_the_plugins()
    {
        using var folder = new FixtureFolder();
        folder.Add("SpeechOne");
        var components = folder.Factory();
        var metric = components.Build<IMetric>(new("speech"), null!);
        var library = System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(metric.GetType().Assembly)!.Assemblies
            .Single(a => a.GetName().Name == "Speech");
        var failure = Caught(() => library.GetType("Speech.Speaker")!.GetMethod("Fail")!.CreateDelegate<Func<int>>()());
        Assert.Matches(@"^Plugin SpeechOne \(\S+\) failed in Speaker\.Fail: InvalidOperationException: the library failed$",
            Blame.Explain(failure, components)!.Message);
    }

    [Fact]
    public void A_call_that_the_contract_refuses_is_the_callers()
    {
        var me = typeof(BlameTests).Assembly.GetName().Name!;
        var components = new FakeComponents { Plugins = [new(me, "/plugins/me.dll", "1.0", "", null)] };
        var failure = Caught(() => _ = new Batch([], [])[Keys.Class]);
        Assert.Matches(@"^Plugin \S+ \(/plugins/me\.dll\) failed in BlameTests\.\S+ \(.*\): The batch has no column class",
            Blame.Explain(failure, components)!.Message);
    }

    [Fact]
    public void Failures_meant_for_the_person_stay_as_they_are() =>
        Assert.Null(Blame.Explain(Caught(() => throw new DataException("train.csv:3: bad")), new FakeComponents()));
}
