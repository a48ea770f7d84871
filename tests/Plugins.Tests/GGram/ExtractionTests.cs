using System.Text.Json;
using PluginHost.Plugins.GGram;

namespace PluginHost.Plugins.Tests.GGram;

public sealed class ExtractionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ggram-extraction-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ExtractedGGrams Extract(IEnumerable<int[]> corpus, int tokens, ExtractOptions options, long memory = 1 << 28)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        using var store = new TokenStore(work, tokens);
        foreach (var sequence in corpus) store.Add(sequence);
        var found = new GGramExtractor(options, memory, work, (_, _, _) => { }).Run(store, tokens, default);
        Assert.Equal(["tokens"], Directory.GetFiles(work).Select(f => Path.GetFileName(f)!));
        return found;
    }

    private static string Show(ExtractedGGrams found) =>
        string.Join('\n', found.GGrams.Select(g => $"{string.Join(' ', g.Tokens)}: {g.Count}"));

    /// <summary>Pairs of low entropy, so that there is something to join.</summary>
    private static List<int[]> Corpus(int tokens, int sequences, int length, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, sequences).Select(_ =>
        {
            var sequence = new int[random.Next(1, length)];
            for (var i = 0; i < sequence.Length; i++)
                sequence[i] = random.NextDouble() < 0.02 ? TokenStore.Gap
                    : i > 0 && sequence[i - 1] >= 0 && random.NextDouble() < 0.5 ? (sequence[i - 1] * 7 + 1) % tokens
                    : (int)(tokens * Math.Pow(random.NextDouble(), 3));
            return sequence;
        })];
    }

    private static ExtractOptions Options(JsonElement o) => new()
    {
        MinPmi = o.GetProperty("minPmi").GetDouble(),
        LogBase = Enum.Parse<LogBase>(o.GetProperty("logBase").GetString()!, ignoreCase: true),
        Denominator = Enum.Parse<PmiDenominator>(o.GetProperty("denominator").GetString()!, ignoreCase: true),
        MinTokenCount = o.GetProperty("minTokenCount").GetInt64(),
        MinPairCount = o.GetProperty("minPairCount").GetInt64(),
        MinCount = o.GetProperty("minCount").GetInt64(),
        MinLength = o.GetProperty("minLength").GetInt32(),
        MaxLength = o.GetProperty("maxLength").GetInt32(),
        LongRuns = Enum.Parse<LongRuns>(o.GetProperty("longRuns").GetString()!, ignoreCase: true),
        FlushLast = o.GetProperty("flushLast").GetBoolean(),
        Recount = o.GetProperty("recount").GetBoolean(),
        BothStrands = o.GetProperty("bothStrands").GetBoolean(),
    };

    [Fact]
    public void It_finds_what_the_independent_reference_finds()
    {
        var golden = GGramBench.Golden("extraction");
        Sample[] samples = [.. golden.GetProperty("sequences").EnumerateArray().Select((s, i) => new Sample($"{i}", s.GetString()!))];
        using var bench = new GGramBench(2);
        var tokenizer = bench.Bench.Build<ITokenizer>(bench.KMer);
        foreach (var expected in golden.GetProperty("cases").EnumerateArray())
        {
            var options = Options(expected.GetProperty("options"));
            var work = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
            using var store = new TokenStore(work, tokenizer.Vocabulary.Count);
            new Corpus(new ListSource(samples), tokenizer, options.BothStrands).Fill(store, (_, _, _) => { }, default);
            var found = new GGramExtractor(options, 1 << 28, work, (_, _, _) => { }).Run(store, tokenizer.Vocabulary.Count, default);
            long Of(string name) => expected.GetProperty(name).GetInt64();
            Assert.Equal((Of("tokens"), Of("pairs"), Of("distinctPairs"), Of("joinedPairs"), Of("candidates"), Of("kept")),
                (found.Counts.Tokens, found.Counts.Pairs, found.Counts.DistinctPairs, found.Counts.JoinedPairs, found.Counts.Candidates,
                    found.GGrams.Count));
            var ggrams = expected.GetProperty("ggrams").EnumerateArray().Select(g => $"{string.Join(' ', g[0].EnumerateArray())}: {g[1]}");
            Assert.Equal(string.Join('\n', ggrams),
                string.Join('\n', Show(found).Split('\n').Take(expected.GetProperty("ggrams").GetArrayLength())));
        }
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(50, true)]
    [InlineData(3000, false)]
    [InlineData(70_000, true)]   // no two-byte tokens, no dense table of pairs
    public void Little_memory_gives_the_same_result(int tokens, bool recount)
    {
        var options = new ExtractOptions
        {
            MinPmi = 0.5, MinTokenCount = 2, MinPairCount = 2, MinCount = 2, LongRuns = LongRuns.Cut,
            Recount = recount, Size = 1000
        };
        var corpus = Corpus(tokens, 300, 600);
        var plenty = Extract(corpus, tokens, options, 1L << 30);
        var little = Extract(corpus, tokens, options, 64 << 10);
        Assert.NotEmpty(plenty.GGrams);
        Assert.Equal(Show(plenty), Show(little));
        Assert.Equal(plenty.Counts, little.Counts);
    }

    [Fact]
    public void Counting_goes_to_disk_again_and_again_when_it_must()
    {
        var random = new SeededRandom(3);
        using var counter = new SpillingCounter(folder, 1);
        var expected = new Dictionary<UInt128, long>();
        for (var i = 0; i < 200_000; i++)
        {
            var key = new UInt128((ulong)random.Next(3), (ulong)random.Next(60_000) * 0x9E3779B97F4A7C15) + 1;
            counter.Add(key);
            expected[key] = expected.GetValueOrDefault(key) + 1;
        }
        Assert.True(counter.Spilled);
        var found = counter.Enumerate(default).ToList();
        Assert.Equal(expected.Count, found.Count);
        Assert.All(found, c => Assert.Equal(expected[c.Key], c.Amount));
        counter.Dispose();
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void The_papers_example_is_cut_as_the_paper_cuts_it()
    {
        // "ATA / CGGT / TGTA / GGTT / AGGA" with PMI 0.7, 1.3, 1.1 and 0.1 and a threshold of 1 gives "CGGT / TGTA / GGTT".
        var joined = new JoinedPairs(5);
        joined.Add(1, 2);
        joined.Add(2, 3);
        List<string> found = [];
        new Segmenter(joined, new()).Split([0, 1, 2, 3, 4], ggram => found.Add(string.Join(' ', ggram.ToArray())));
        Assert.Equal(["1 2 3"], found);
    }

    [Theory]
    [InlineData(LongRuns.Drop, true, "")]
    [InlineData(LongRuns.Cut, true, "0 1 2|3 4 5|6 7")]
    [InlineData(LongRuns.Cut, false, "0 1 2|3 4 5")]
    [InlineData(LongRuns.Release, true, "")]
    public void Long_runs_are_treated_as_asked(LongRuns longRuns, bool flushLast, string expected)
    {
        var joined = new JoinedPairs(8);
        for (var t = 0; t < 7; t++) joined.Add(t, t + 1);
        List<string> found = [];
        var options = new ExtractOptions { MaxLength = 3, LongRuns = longRuns, FlushLast = flushLast };
        new Segmenter(joined, options).Split([0, 1, 2, 3, 4, 5, 6, 7], ggram => found.Add(string.Join(' ', ggram.ToArray())));
        Assert.Equal(expected, string.Join('|', found));
    }

    [Fact]
    public void A_pairs_information_is_what_its_definition_says()
    {
        var options = new ExtractOptions();
        // P(ab) = 10 / 90, P(a) = 20 / 100, P(b) = 25 / 100.
        Assert.Equal(Math.Log2(10.0 / 90 / (0.2 * 0.25)), JoinedPairs.Pmi(10, 20, 25, 100, 90, options), 12);
        options.Denominator = PmiDenominator.Tokens;
        Assert.Equal(Math.Log2(100.0 * 10 / (20 * 25)), JoinedPairs.Pmi(10, 20, 25, 100, 90, options), 12);
        options.Denominator = PmiDenominator.Pairs;
        options.LogBase = LogBase.E;
        Assert.Equal(Math.Log(90.0 * 10 / (20 * 25)), JoinedPairs.Pmi(10, 20, 25, 100, 90, options), 12);
    }

    [Fact]
    public void Keys_hold_up_to_eight_tokens_and_sort_as_lists_do()
    {
        var key = TokenKey.For(65_535, 8);
        int[][] lists = [[0], [0, 0], [0, 0, 65_534], [0, 1], [1], [65_534, 0],
            [65_534, 65_534, 65_534, 65_534, 65_534, 65_534, 65_534, 65_534]];
        Assert.All(lists, list => Assert.Equal(list, key.Unpack(key.Pack(list))));
        Assert.Equal(lists, lists.OrderBy(list => key.Pack(list)));
        Assert.Contains("at most 7", Assert.Throws<UsageException>(() => TokenKey.For(65_536, 8)).Message);
    }

    [Fact]
    public void Only_the_most_frequent_are_kept_when_there_is_a_limit()
    {
        var corpus = Corpus(50, 300, 600);
        var options = new ExtractOptions { MinPmi = 0.5, LongRuns = LongRuns.Cut };
        var all = Extract(corpus, 50, options);
        options.Size = 7;
        Assert.Equal(Show(all).Split('\n').Take(7), Show(Extract(corpus, 50, options)).Split('\n'));
    }

    /// <summary>Samples from memory as a source.</summary>
    internal sealed class ListSource(IReadOnlyList<Sample> samples) : ISampleSource
    {
        public long Count => samples.Count;

        public Sample Get(long index, SeededRandom random) => samples[(int)index];
    }
}
