using System.ComponentModel;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.Ensemble;
using PluginHost.Plugins.Ensemble.Ranking;
using PluginHost.Plugins.KMer;

namespace PluginHost.Plugins.Tests.Ensemble;

public sealed class RankToolTests
{
    private static readonly ComponentSpec[] vocabularies =
        [new("kmer", new Dictionary<string, object?> { ["k"] = 4 }), new("kmer", new Dictionary<string, object?> { ["k"] = 2 })];

    private static async Task<(string Output, string Said)> Rank(RankOptions options)
    {
        var bench = new Workbench(new EnsemblePlugin(), new BpePlugin(), new KMerPlugin(), new Files());
        var context = new Recorder();
        Assert.Equal(0, await new RankTool(options, bench).RunAsync(context, TestContext.Current.CancellationToken));
        return (context.Written.ToString(), string.Join('\n', context.Said));
    }

    [Fact]
    public async Task The_vocabulary_that_shares_most_words_comes_first()
    {
        // Of the positive sequence byte-pair training makes AC, GT, ACGT and powers of it: 11 words with the letters.
        var (output, said) = await Rank(new() { Path = "rows", Vocabulary = vocabularies, Size = 16 });
        var lines = output.Split('\n');
        Assert.Equal(["kmer", "(k:", "2)", "16", "2", "18.2", "%"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["kmer", "(k:", "4)", "256", "1", "9.1", "%"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Fine-tune with kmer (k: 2).", said);
        Assert.Contains("1 of 2 samples", said);
    }

    [Fact]
    public async Task All_samples_can_be_taken()
    {
        var (_, said) = await Rank(new() { Path = "rows", Vocabulary = vocabularies, Size = 16, All = true });
        Assert.Contains("2 of 2 samples", said);
    }

    [Fact]
    public async Task A_label_that_no_sample_has_is_named()
    {
        var refusal = await Assert.ThrowsAsync<DataException>(() =>
            Rank(new() { Path = "rows", Vocabulary = vocabularies, Positive = ["yes"] }));
        Assert.Contains("no sample has the label yes; there are: 0, 1", refusal.Message);
    }

    [Fact]
    public void Its_options_keep_their_limits() =>
        OptionsChecks.Run(new Workbench(new EnsemblePlugin()).Offers.Single(o => o.Kind == typeof(ITool)),
            new { path = "x.csv", vocabulary = vocabularies });

    /// <summary>In place of the host's sources: a table of two rows, and the lines of one FASTA file.</summary>
    private sealed class Files : IPlugin
    {
        public void Register(ICatalog catalog)
        {
            catalog.Add<IDataSource, TableOptions>("table", (_, _) => new Rows(
                [SampleDna.Labelled("a", string.Concat(Enumerable.Repeat("ACGT", 64)), 1), SampleDna.Labelled("b", "GGGGGGGGGG", 0)]),
                    "Two rows.");
            catalog.Add<IDataSource, FastaOptions>("fasta", (options, _) => new Rows(
                [.. File.ReadAllLines(((IEnumerable<object?>)options.Path!).Single()!.ToString()!).Where(line => line[0] != '>')
                    .Select((line, i) => new Sample($"{i}", line))]), "The lines of a file.");
        }
    }

    private sealed class TableOptions
    {
        [Description("Not read.")]
        public string? Path { get; set; }
    }

    private sealed class FastaOptions
    {
        [Description("One file.")]
        public object? Path { get; set; }

        [Description("Not used.")]
        public string? How { get; set; }

        [Description("Not used.")]
        public long Window { get; set; }

        [Description("Not used.")]
        public long MinLength { get; set; }

        [Description("Not used.")]
        public double MaxN { get; set; }
    }

    private sealed class Rows(IReadOnlyList<Sample> samples) : IDataSource, ISampleSource
    {
        public IReadOnlyList<string> Files => ["rows"];

        public IReadOnlyList<string> Notes => [];

        public long Count => samples.Count;

        public ISampleSource? Open(Split split) => this;

        public Sample Get(long index, SeededRandom random) => samples[(int)index];
    }

    private sealed class Recorder : ToolContext
    {
        public StringWriter Written { get; } = new();

        public List<string> Said { get; } = [];

        public override TextWriter Output => Written;

        public override void Say(string message) => Said.Add(message);

        public override void Progress(string what, long done, long? total) { }
    }
}
