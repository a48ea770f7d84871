using System.Text.Json;
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
        foreach (var name in (string[])["SpeechOne", "EndsProcess", "ThrowsInRegister", "OffersNothing"]) folder.Add(name);
        var (code, output, _) = HostProcess.Run("plugins", "verify", folder.Path);
        Assert.Equal(4, code);
        Assert.Matches(@"\nSpeechOne +good +metric speech: \d+ rules kept\n", output);
        Assert.Matches(@"\nSpeechOne +metric speech +order of batches +kept\n", output);
        Assert.Matches(@"\nEndsProcess +refused +.*ended the process.*\n", output);
        Assert.Matches(@"\nThrowsInRegister +refused +its code threw InvalidOperationException: the plugin's table of contents is "
            + @"on fire\.\n", output);
        Assert.Matches(@"\nOffersNothing +offers +broken: it offers nothing: Register adds no component\n", output);
        Assert.Matches(@"\nOffersNothing +faulty +nothing: \d+ rules kept, 1 broken\n", output);
    }

    [Fact]
    public void Verify_names_the_rules_that_are_broken_even_by_what_kills_the_process()
    {
        foreach (var name in (string[])["BreaksRules", "LacksDescriptions"]) folder.Add(name);
        File.WriteAllBytes(Path.Combine(folder.Path, "LacksDescriptions", "libbroken.so"), [1, 2, 3]);
        var (code, output, _) = HostProcess.Run("plugins", "verify", folder.Path, "--json");
        Assert.Equal(4, code);
        var words = JsonDocument.Parse(output).RootElement.EnumerateArray()
            .SelectMany(p => p.GetProperty("rules").EnumerateArray())
            .Where(r => r.GetProperty("verdict").GetString() == "broken")
            .ToLookup(r => $"{r.GetProperty("component").GetString()}: {r.GetProperty("rule").GetString()}",
                r => r.GetProperty("words").GetString()!);
        Assert.Contains("id 99999 is outside the vocabulary, which has 2", words["tokenizer bad-ids: ids in vocabulary"].Single());
        Assert.Contains("stream 'hidden': axis B is", words["architecture turned: axes"].Single());
        Assert.Contains("asked in another order", words["schedule uncertain: pure function"].Single());
        Assert.Equal("it overflowed the stack, which ended the process; what comes after it was not tried",
            words["metric bottomless: order of batches"].Single());
        Assert.Equal("without a [Description], which is the help text: first, third, nested.fourth.",
            words["schedule mute: descriptions"].Single());
        Assert.Equal("its summary is no sentence: it ends without a full stop.", words["schedule blurb: descriptions"].Single());
        Assert.Contains("libbroken.so cannot be loaded", words[": native libraries"].Single());
    }

    [Fact]
    public void Verify_compares_the_list_of_dependencies_with_the_folder()
    {
        var dll = folder.Add("NeedsYamlReader");
        var lost = Directory.GetFiles(Path.GetDirectoryName(dll)!, "Yaml*.dll").Where(f => f != dll).ToList();
        Assert.NotEmpty(lost);
        lost.ForEach(File.Delete);
        var (code, output, _) = HostProcess.Run("plugins", "verify", folder.Path);
        Assert.Equal(4, code);
        Assert.Matches(@"which is not in (its|the) folder", output);
    }

    [Fact]
    public void A_plugin_that_ends_the_process_is_kept_out_and_the_host_goes_on()
    {
        foreach (var name in (string[])["SpeechOne", "FailsFast"]) folder.Add(name);
        foreach (var _ in (int[])[1, 2])
        {
            var (code, output, error) = HostProcess.Run("plugins", "list", "--plugins", folder.Path);
            Assert.Equal((0, ""), (code, error));
            Assert.Matches(@"\nmetric +speech +SpeechOne ", output);
            Assert.Contains("plugin FailsFast was refused: tried in a process of its own, it called Environment.FailFast: the licence "
                + "server is down; --trust loads it all the same.", output);
        }
        Assert.Equal(134, HostProcess.Run("plugins", "list", "--plugins", folder.Path, "--trust").Code);
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
