using PluginHost.PluginKit;
using PluginHost.Plugins.GGram;

namespace PluginHost.Plugins.Tests.GGram;

public sealed class ExtractToolTests
{
    private readonly StringWriter output = new();

    private static object With(GGramBench bench, object? more = null)
    {
        var options = new Dictionary<string, object?>
        {
            ["tokenizer"] = bench.KMer, ["data"] = new ComponentSpec("rows"), ["output"] = bench.File, ["minPmi"] = 0.1, ["memory"] = 16L,
        };
        foreach (var property in more?.GetType().GetProperties() ?? []) options[property.Name] = property.GetValue(more);
        return options;
    }

    private async Task<int> Run(GGramBench bench, object? more = null)
    {
        var tool = bench.Bench.Build<ITool>(new ComponentSpec("ggrams extract", (Dictionary<string, object?>)With(bench, more)));
        return await tool.RunAsync(new Context(output), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_it_writes_the_tokenizer_reads_and_the_same_again_is_the_same_file()
    {
        using var bench = new GGramBench(2, extra: null, plugins: new Rows());
        Assert.Equal(0, await Run(bench));
        var first = File.ReadAllBytes(bench.File);
        await Assert.ThrowsAsync<UsageException>(() => Run(bench));
        Assert.Equal(0, await Run(bench, new { force = true }));
        Assert.Equal(first, File.ReadAllBytes(bench.File));
        Assert.Contains("joined", output.ToString());
        var tokenizer = bench.Build();
        Assert.True(tokenizer.IdCount(GGramColumns.Ids) > 50);
        Assert.NotEmpty((long[])tokenizer.Encode(RealData.Samples("fly_splice/train.csv")[0], new()).Attached[GGramColumns.Ids]);
        using var other = new GGramBench(3);
        File.Copy(bench.File, other.File);
        Assert.Contains("was made for another tokenizer", Assert.Throws<DataException>(() => other.Build()).Message);
    }

    [Fact]
    public async Task Options_are_recorded_in_the_file()
    {
        using var bench = new GGramBench(2, extra: null, plugins: new Rows());
        await Run(bench, new { logBase = "e", denominator = "pairs", minPmi = 0.05, longRuns = "cut", size = 20L });
        using var file = System.Text.Json.JsonDocument.Parse(File.ReadAllText(bench.File));
        var made = file.RootElement.GetProperty("extraction");
        Assert.Equal(("e", "pairs", 0.05, "cut", 20), (made.GetProperty("logBase").GetString(), made.GetProperty("denominator").GetString(),
            made.GetProperty("minPmi").GetDouble(), made.GetProperty("longRuns").GetString(), made.GetProperty("size").GetInt32()));
        Assert.Equal(21, file.RootElement.GetProperty("ngram_size").GetInt32());
        Assert.Equal(21, file.RootElement.GetProperty("counts").GetArrayLength());
        Assert.Equal("kmer", file.RootElement.GetProperty("tokenizer").GetProperty("use").GetString());
        Assert.Equal(4496, file.RootElement.GetProperty("corpus").GetProperty("sequences").GetInt64());
    }

    [Fact]
    public async Task No_ggram_and_no_folder_are_said_and_leave_nothing_behind()
    {
        using var bench = new GGramBench(2, extra: null, plugins: new Rows());
        Assert.Contains("No G-gram was found",
            (await Assert.ThrowsAsync<RunFailedException>(() => Run(bench, new { minPmi = 50.0 }))).Message);
        Assert.Contains("does not exist",
            (await Assert.ThrowsAsync<UsageException>(() => Run(bench, new { output = "/nowhere/at/all/g.json" }))).Message);
        Assert.Contains("no temporary folder",
            (await Assert.ThrowsAsync<ResourceException>(() => Run(bench, new { temp = "/proc/none" }))).Message);
        Assert.Empty(Directory.GetFiles(bench.Folder));
    }

    /// <summary>Offers the sample table as a data source.</summary>
    private sealed class Rows : IPlugin, IDataSource
    {
        public void Register(ICatalog catalog) => catalog.Add<IDataSource, NoOptions>("rows", (_, _) => this, "Rows for a test.");

        public ISampleSource? Open(Split split) => split == Split.Train
            ? new ExtractionTests.ListSource(RealData.Samples("fly_splice/train.csv")) : null;

        public IReadOnlyList<string> Files => ["train.csv"];

        public IReadOnlyList<string> Notes => [];
    }

    private sealed class Context(TextWriter output) : ToolContext
    {
        public override TextWriter Output => output;

        public override void Say(string message) { }

        public override void Progress(string what, long done, long? total) => Assert.InRange(done, 0, total ?? long.MaxValue);
    }
}
