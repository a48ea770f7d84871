using PluginHost.Host.Plugins;
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
    public void Failures_meant_for_the_person_stay_as_they_are() =>
        Assert.Null(Blame.Explain(Caught(() => throw new DataException("train.csv:3: bad")), new FakeComponents()));
}
