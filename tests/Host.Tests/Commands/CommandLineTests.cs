namespace PluginHost.Host.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void Help_begins_with_examples_and_goes_to_standard_output()
    {
        var (code, output, error) = HostProcess.Run("--help");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Examples:\n  host run --pipeline", output);
        foreach (var command in (string[])["run", "check", "predict", "evaluate", "plugins", "doctor"])
            Assert.Contains($"\n  {command} ", output);
    }

    [Theory]
    [InlineData("run --help", "host run --pipeline pipelines/quickstart.yaml")]
    [InlineData("plugins -h", "host plugins new")]
    [InlineData("plugins verify -h", "host plugins verify")]
    public void Every_command_has_help_with_examples(string line, string example)
    {
        var (code, output, _) = HostProcess.Run(line.Split(' '));
        Assert.Equal(0, code);
        Assert.StartsWith($"Examples:\n  {example}", output);
    }

    [Theory]
    [InlineData("rnu", "host: unknown command 'rnu' (did you mean 'run'?).")]
    [InlineData("plugins lst", "host: unknown command 'lst' (did you mean 'list'?).")]
    [InlineData("run --pipelin x", "host: unknown option '--pipelin' (did you mean '--pipeline'?).")]
    [InlineData("run", "host: Name the pipeline: host run --pipeline FILE.")]
    [InlineData("check", "--pipeline")]
    [InlineData("run --pipeline x.yaml --device gpu", "host: --device: must be auto, cpu or cuda:N (for example cuda:0), but is 'gpu'.")]
    [InlineData("run --pipeline /nowhere/x.yaml",
        "host: /nowhere/x.yaml does not exist; name a pipeline file, for example pipelines/quickstart.yaml.")]
    [InlineData("run --resume /nowhere", "host: /nowhere is not a run folder: it holds no pipeline.resolved.yaml.")]
    [InlineData("run --resume x --output y", "host: --resume goes on in its own folder; leave --output out.")]
    [InlineData("predict /nowhere x.fa", "host: /nowhere is not a folder; name a model folder, or a run folder that holds one.")]
    [InlineData("evaluate . --data window", "host: --data window: write key=value, for example --data how=tiles.")]
    [InlineData("evaluate .", "host: Name the data:")]
    [InlineData("evaluate . x.csv --split tset", "tset")]
    [InlineData("predict . x.fa --batch-tokens 0",
        "host: --batch-tokens: must be at least 1, but is 0.\n'host predict --help' shows what there is.")]
    [InlineData("plugins list --plugins /nowhere",
        "host: The plugin folder /nowhere does not exist; --plugins takes a folder of plugin folders.")]
    [InlineData("plugins show kmr", "host: There is no component or plugin 'kmr' (did you mean 'KMer' or 'kmer'?)")]
    public void A_wrong_command_line_ends_with_2_and_says_what_is_right(string line, string message)
    {
        var (code, output, error) = HostProcess.Run(line.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error);
        Assert.DoesNotContain("   at PluginHost", error);
    }

    [Fact]
    public void Nothing_at_all_shows_the_help_and_ends_with_2()
    {
        var (code, output, _) = HostProcess.Run();
        Assert.Equal(2, code);
        Assert.StartsWith("Examples:", output);
    }

    [Fact]
    public void Data_that_is_missing_ends_with_3() => Assert.Equal(3, HostProcess.Run("predict", ".", "/nowhere/x.fa").Code);

    [Fact]
    public void Verbose_shows_where_it_happened() =>
        Assert.Contains("   at PluginHost.Host.", HostProcess.Run("plugins", "show", "kmr", "--verbose").Error);

    [Fact]
    public void The_version_is_one_line() => Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", HostProcess.Run("--version").Output);
}
