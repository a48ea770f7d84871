using System.Runtime.CompilerServices;

namespace PluginHost.Abstractions.Tests;

/// <summary>The contract changes only on purpose: what is public is kept in an approved file.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var approved = Path.Combine(Folder(), "PublicApi.approved.txt");
        var actual = PublicApi.Of(typeof(IPlugin).Assembly);
        if (Environment.GetEnvironmentVariable("PLUGINHOST_APPROVE") == "1") File.WriteAllText(approved, actual);

        Assert.True(File.ReadAllText(approved) == actual, Message(File.ReadAllText(approved), actual));
    }

    private static string Message(string approved, string actual)
    {
        var (was, now) = (approved.Split('\n'), actual.Split('\n'));
        var gone = was.Except(now).Select(l => "- " + l);
        var come = now.Except(was).Select(l => "+ " + l);
        return "The contract's public surface changed. A removal or change breaks every plugin built before, so it needs a new major version; "
            + "an addition needs a new minor version. To approve, run this test with PLUGINHOST_APPROVE=1.\n" + string.Join('\n', gone.Concat(come));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
