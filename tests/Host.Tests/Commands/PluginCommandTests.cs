using PluginHost.Host.Tests.Plugins;

namespace PluginHost.Host.Tests.Commands;

public sealed class PluginCommandTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void List_shows_what_is_offered_and_what_was_refused_and_why()
    {
        folder.Add("SpeechOne");
        folder.Add("ThrowsInConstructor");
        var (code, output, error) = HostProcess.Run("plugins", "list", "--plugins", folder.Path);
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"\ntokenizer +kmer +KMer 2\.0\.0 ", output);
        Assert.Matches(@"\nmetric +speech +SpeechOne 2\.0\.0 ", output);
        Assert.Contains("plugin ThrowsInConstructor was refused: its code threw ArgumentException: constructor trouble.", output);
    }

    [Fact]
    public void Show_lists_options_with_types_defaults_and_limits_and_where_the_component_comes_from()
    {
        var (code, output, _) = HostProcess.Run("plugins", "show", "kmer");
        Assert.Equal(0, code);
        Assert.StartsWith("kmer: a tokenizer\n", output);
        Assert.Matches(@"\nplugin +KMer 2\.0\.0\nfile +\S+/KMer\.dll\nsha256 +[0-9a-f]{64}\n", output);
        Assert.Matches(@"\nk +whole number +6 +1 to 8 +\S", output);
    }

    [Fact]
    public void Show_takes_a_plugin_too()
    {
        folder.Add("ThrowsInConstructor");
        Assert.Contains("tokenizer kmer", HostProcess.Run("plugins", "show", "KMer").Output);
        Assert.Contains("was refused", HostProcess.Run("plugins", "show", "ThrowsInConstructor", "--plugins", folder.Path).Output);
    }

    [Fact]
    public void Verify_reports_even_a_plugin_that_ends_the_process()
    {
        foreach (var name in (string[])["SpeechOne", "EndsProcess", "ThrowsInRegister"]) folder.Add(name);
        var (code, output, _) = HostProcess.Run("plugins", "verify", folder.Path);
        Assert.Equal(4, code);
        Assert.Matches(@"\nSpeechOne +good +metric speech\n", output);
        Assert.Matches(@"\nEndsProcess +refused +Plugin EndsProcess \(\S+\) in EndsProcess\.Register ended the process by Environment\.Exit\(0\)\. .*\n", output);
        Assert.Matches(
            @"\nThrowsInRegister +refused +plugin ThrowsInRegister was refused: its code threw InvalidOperationException: "
            + @"the plugin's table of contents is on fire\.\n", output);
    }

    [Fact]
    public void The_projects_own_plugins_pass_verification() => Assert.Equal(0, HostProcess.Run("plugins", "verify").Code);

    [Fact]
    public void A_pipeline_that_needs_a_refused_plugin_ends_with_4_and_its_sentence()
    {
        File.WriteAllText(folder.Add("MyNet", "SpeechOne"), "garbage");
        var pipeline = Path.Combine(folder.Path, "p.yaml");
        File.WriteAllText(pipeline, "tokenizer: kmer\narchitecture: my-net\nstages: [ evaluate ]");
        var (code, output, error) = HostProcess.Run("check", "--pipeline", pipeline, "--plugins", folder.Path);
        Assert.Equal((4, ""), (code, output));
        Assert.Contains("'my-net' is not available because plugin MyNet was refused: it is not a .NET assembly.", error);
    }

    [Fact]
    public void Doctor_says_what_is_here()
    {
        var (code, output, _) = HostProcess.Run("doctor", "--plugins", folder.Path);
        Assert.Equal(0, code);
        foreach (var what in (string[])["libtorch", "BLAS", "threads", "vector instructions", "bfloat16", "memory", "plugins",
            "runs folder"])
            Assert.Matches($@"(?m)^{what} +\S", output);
    }
}
