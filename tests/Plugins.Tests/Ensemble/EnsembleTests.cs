using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.Ensemble;
using PluginHost.Plugins.KMer;

namespace PluginHost.Plugins.Tests.Ensemble;

public sealed class EnsembleTests : IDisposable
{
    private static readonly string shipped = Path.Combine(RealData.Root, "samples", "tokenizers", "fly_bpe_1024.json");

    private readonly string folder = Directory.CreateTempSubdirectory("ensemble-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Workbench Bench() => new(new EnsemblePlugin(), new BpePlugin(), new KMerPlugin());

    private static VocabularyOptions[] BpeAndKMer(string? vocab = null, int k = 6) =>
    [
        new() { Tokenizer = new("bpe", new Dictionary<string, object?> { ["vocab"] = vocab ?? shipped }), Longest = 2300 },
        new() { Tokenizer = new("kmer", new Dictionary<string, object?> { ["k"] = k }), Longest = 510 },
    ];

    private static ITokenizer Make(string? active = null, ActiveFor activeFor = ActiveFor.Labelled) =>
        Bench().UseTokenizer("ensemble", new { vocabularies = BpeAndKMer(), active, activeFor });

    private static string[] Texts(ITokenizer tokenizer, EncodedSequence encoding) =>
        [.. encoding.Ids.Select(id => tokenizer.Vocabulary.Tokens[id])];

    private static Sample Window(int length, ulong seed = 1) => new($"window-{seed}", SampleDna.Sequence(new SeededRandom(seed), length));

    [Fact]
    public void The_union_is_the_released_vocabulary()
    {
        var released = Path.Combine(RealData.Root, "..", "shared", "data", "genomicsfm_vocabulary", "vocab.txt");
        Assert.SkipUnless(File.Exists(released), "../shared/data/genomicsfm_vocabulary is not here.");
        _ = Bpe.PublishedBpe.Tokenizer();
        var tokenizer = Bench().UseTokenizer("ensemble", new { vocabularies = BpeAndKMer(Bpe.PublishedBpe.Path) });
        Assert.Equal(File.ReadAllLines(released), tokenizer.Vocabulary.Tokens);
        Assert.Equal(7266, tokenizer.Vocabulary.Count);
        Assert.Equal((4096, 4097), (tokenizer.Vocabulary.Find("[BPE]")!.Value, tokenizer.Vocabulary.Find("[KMER]")!.Value));
        var kmers = Bench().UseTokenizer("ensemble", new { vocabularies = BpeAndKMer(Bpe.PublishedBpe.Path), active = "KMER" });
        Assert.Equal([1, 4097, 4599, 5874, 7202, 475, 6250, 2], kmers.Encode(new("x", "ATGGCCATTG"), new()).Ids);
    }

    [Fact]
    public void The_first_vocabulary_keeps_its_ids_then_come_prompts_and_what_others_add()
    {
        var bpe = Bench().UseTokenizer("bpe", new { vocab = shipped }).Vocabulary;
        var kmer = Bench().UseTokenizer("kmer").Vocabulary;
        var union = Make().Vocabulary;
        Assert.Equal(bpe.Tokens, union.Tokens.Take(1024));
        Assert.Equal(["[BPE]", "[KMER]"], union.Tokens.Skip(1024).Take(2));
        Assert.Equal(kmer.Tokens.Skip(5).Where(t => bpe.Find(t) is null), union.Tokens.Skip(1026));
        Assert.True(union.IsSpecial(1024) && union.IsSpecial(1025) && !union.IsSpecial(1026));
    }

    [Fact]
    public void The_prompt_follows_CLS_and_covers_nothing()
    {
        var tokenizer = Make("KMER");
        var encoding = tokenizer.Encode(new("x", "ACGTACGT"), new());
        Assert.Equal(["[CLS]", "[KMER]", "ACGTAC", "CGTACG", "GTACGT", "[SEP]"], Texts(tokenizer, encoding));
        Assert.Equal([BaseSpan.None, BaseSpan.None, new(0, 6), new(1, 7), new(2, 8), BaseSpan.None], encoding.Spans);
        Assert.Equal("[BPE]", Texts(Make("BPE"), Make("BPE").Encode(new("x", "ACGTACGT"), new()))[1]);
        Assert.Equal(["ACGTAC", "CGTACG", "GTACGT"], Texts(tokenizer, tokenizer.Encode(new("x", "ACGTACGT"), new(SpecialTokens: false))));
    }

    [Fact]
    public void Training_draws_vocabulary_and_length()
    {
        var tokenizer = Make();
        var window = Window(2300);
        var random = new SeededRandom(2);
        var drawn = Enumerable.Range(0, 2000).Select(_ => tokenizer.Encode(window, new(Random: random)))
            .Select(e => (Prompt: tokenizer.Vocabulary.Tokens[e.Ids[1]],
                Bases: e.Spans.Max(s => s.End) - e.Spans.First(s => s.Length > 0).Start)).ToList();
        Assert.InRange(drawn.Count(d => d.Prompt == "[BPE]"), 900, 1100);
        foreach (var (prompt, longest) in (IEnumerable<(string, int)>)[("[BPE]", 2300), ("[KMER]", 510)])
        {
            var lengths = drawn.Where(d => d.Prompt == prompt).Select(d => d.Bases).ToList();
            // Those of the longest length, and of the others the mean of a uniform draw. Bound and shared tokens may cost a few bases.
            Assert.InRange(lengths.Count(l => l > longest - 5) / (double)lengths.Count, 0.45, 0.57);
            Assert.InRange(lengths.Where(l => l <= longest - 5).Average(), 0.9 * (70 + longest) / 2, 1.1 * (70 + longest) / 2);
            Assert.InRange(lengths.Min(), 60, 110);
            Assert.InRange(lengths.Max(), longest - 2, longest);
        }
    }

    [Fact]
    public void Spans_of_a_cut_sequence_lie_in_the_whole_one()
    {
        var tokenizer = Make();
        var window = Window(2300);
        var random = new SeededRandom(3);
        for (var i = 0; i < 200; i++)
        {
            var encoding = tokenizer.Encode(window, new(Random: random));
            for (var t = 0; t < encoding.Ids.Length; t++)
                if (encoding.Spans[t] is { Length: > 0 } span)
                    Assert.Equal(window.Sequence[span.Start..span.End], tokenizer.Vocabulary.Tokens[encoding.Ids[t]]);
            Assert.Equal(0, encoding.DroppedBases);
        }
    }

    [Fact]
    public void No_draw_has_more_tokens_than_were_counted()
    {
        var tokenizer = Make();
        var random = new SeededRandom(4);
        for (var i = 0; i < 150; i++)
        {
            var window = Window(random.Next(1, 4000), (ulong)i);
            foreach (var context in (IEnumerable<EncodeContext>)[new(Random: random), new(MaxTokens: 512, Random: random),
                new(MaxTokens: 20, Random: random)])
            {
                var most = tokenizer.CountTokens(window, context);
                for (var draw = 0; draw < 5; draw++)
                    Assert.InRange(tokenizer.Encode(window, context).Ids.Length, 1, Math.Min(most, context.MaxTokens));
            }
        }
    }

    [Fact]
    public void What_the_models_limit_cuts_off_is_counted()
    {
        var encoding = Make("KMER", ActiveFor.All).Encode(Window(1000), new(MaxTokens: 512, Random: new(1)));
        Assert.Equal(512, encoding.Ids.Length);
        Assert.Equal(1000 - 509 - 5, encoding.DroppedBases);
    }

    [Fact]
    public void Counting_draws_nothing()
    {
        var random = new SeededRandom(5);
        Make().CountTokens(Window(900), new(Random: random));
        Assert.Equal(new SeededRandom(5).NextUInt64(), random.NextUInt64());
    }

    [Fact]
    public void Outside_training_a_samples_name_decides()
    {
        var tokenizer = Make();
        var prompts = Enumerable.Range(0, 400)
            .Select(i => tokenizer.Vocabulary.Tokens[tokenizer.Encode(new($"chr2R:{i * 510}-{i * 510 + 510}", "ACGTACGTA"), new()).Ids[1]])
            .ToList();
        Assert.InRange(prompts.Count(p => p == "[BPE]"), 160, 240);
        Assert.Equal(tokenizer.Encode(Window(300), new()).Ids, Make().Encode(Window(300), new()).Ids);
    }

    [Fact]
    public void A_fixed_vocabulary_serves_labelled_samples_and_use_while_unlabelled_training_samples_are_drawn()
    {
        var tokenizer = Make("KMER");
        var labelled = SampleDna.Labelled("x", Window(600).Sequence, 1);
        var random = new SeededRandom(6);
        for (var i = 0; i < 20; i++) Assert.Equal(600 - 5 + 3, tokenizer.Encode(labelled, new(Random: random)).Ids.Length);
        Assert.Equal(600 - 5 + 3, tokenizer.CountTokens(labelled, new(Random: random)));
        Assert.Equal(600 - 5 + 3, tokenizer.Encode(Window(600), new()).Ids.Length);
        Assert.Equal(2, Enumerable.Range(0, 50).Select(_ => tokenizer.Encode(Window(600), new(Random: random)).Ids[1]).Distinct().Count());
        var always = Make("KMER", ActiveFor.All);
        Assert.Single(Enumerable.Range(0, 50).Select(_ => always.Encode(Window(600), new(Random: random)).Ids[1]).Distinct());
    }

    [Fact]
    public void A_pretrained_model_is_scored_on_what_training_draws_and_the_same_at_every_evaluation()
    {
        var tokenizer = Make("KMER");
        var scoring = new EncodeContext { Scoring = true };
        var windows = Enumerable.Range(0, 60).Select(i => new Sample($"chr2R:{i}", Window(600).Sequence)).ToList();
        var ids = windows.ConvertAll(w => tokenizer.Encode(w, scoring).Ids);
        Assert.Equal(2, ids.Select(x => x[1]).Distinct().Count());
        Assert.True(ids.Select(x => x.Length).Distinct().Count() > 5);
        for (var i = 0; i < windows.Count; i++)
        {
            Assert.Equal(ids[i], tokenizer.Encode(windows[i], scoring).Ids);
            Assert.True(tokenizer.CountTokens(windows[i], scoring) >= ids[i].Length);
        }
        Assert.Equal(600 - 5 + 3, tokenizer.Encode(SampleDna.Labelled("x", Window(600).Sequence, 1), scoring).Ids.Length);
    }

    [Theory]
    [InlineData("BPE", 1)]
    [InlineData("KMER", 6)]
    [InlineData(null, 6)]
    public void Decoding_inverts_encoding(string? active, int shortest)
    {
        var tokenizer = Make(active);
        var cases = from extra in Gen.Choose(0, 60)
                    from bases in Gen.ArrayOf(Gen.Elements("ACGT".ToCharArray()),
            shortest + extra)
                    select new string(bases);
        Prop.ForAll(cases.ToArbitrary(), x => tokenizer.Decode(tokenizer.Encode(new(x, x), new()).Ids) == x)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
        TokenizerChecks.Run(tokenizer, shortest);
    }

    [Fact]
    public void Without_a_prompt_the_tokens_tell()
    {
        var tokenizer = Make();
        var kmers = Make("KMER").Encode(new("x", "ACGTACGTTGCA"), new(SpecialTokens: false)).Ids;
        Assert.Equal("ACGTACGTTGCA", tokenizer.Decode(kmers));
        Assert.Equal("ACGTACGTTGCA", tokenizer.Decode(Make("BPE").Encode(new("x", "ACGTACGTTGCA"), new(SpecialTokens: false)).Ids));
    }

    [Fact]
    public void It_is_saved_with_its_vocabularies_and_loaded_again()
    {
        var copy = Path.Combine(folder, "tokenizer.json");
        File.Copy(shipped, copy);
        VocabularyOptions[] vocabularies =
            [.. BpeAndKMer(copy), new() { Name = "FOUR", Tokenizer = new("kmer", new Dictionary<string, object?> { ["k"] = 4 }) }];
        var tokenizer = Bench().UseTokenizer("ensemble", new { vocabularies });
        var saved = Directory.CreateDirectory(Path.Combine(folder, "model")).FullName;
        var files = tokenizer.Save(saved);
        Assert.Equal(
            ["vocab.txt", "BPE.tokenizer.json", "BPE.special_tokens_map.json", "BPE.tokenizer_config.json", "KMER.vocab.txt",
            "KMER.special_tokens_map.json", "KMER.tokenizer_config.json", "FOUR.vocab.txt", "FOUR.special_tokens_map.json",
            "FOUR.tokenizer_config.json"], files);
        Assert.Equal(files.Order(), Directory.EnumerateFileSystemEntries(saved).Select(Path.GetFileName).Order());
        File.Delete(copy);
        var bench = Bench();
        bench.ModelFolder = saved;
        Assert.Equal(tokenizer.Vocabulary.Tokens, bench.UseTokenizer("ensemble", new { vocabularies }).Vocabulary.Tokens);
        File.AppendAllText(Path.Combine(saved, "vocab.txt"), "ACGTN\n");
        Assert.Contains("differs from the union",
            Assert.Throws<DataException>(() => bench.UseTokenizer("ensemble", new { vocabularies })).Message);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        string Refusal(object options) => Assert.Throws<UsageException>(() => Bench().UseTokenizer("ensemble", options)).Message;
        Assert.Contains("must be one of BPE, KMER, but is 'kmer'", Refusal(new { vocabularies = BpeAndKMer(), active = "kmer" }));
        VocabularyOptions kmer = new() { Tokenizer = new("kmer") };
        Assert.Contains("two called 'KMER'", Refusal(new { vocabularies = new[] { kmer, kmer } }));
        VocabularyOptions mask = new() { Tokenizer = new("kmer"), Name = "MASK" };
        Assert.Contains("prompt [MASK] is a token", Refusal(new { vocabularies = new[] { mask } }));
        Assert.Contains("every weight is 0",
            Refusal(new { vocabularies = new[] { new VocabularyOptions { Tokenizer = new("kmer"), Weight = 0 } } }));
        Assert.Contains("at least 4", Assert.Throws<UsageException>(() => Make().Encode(Window(90), new(MaxTokens: 1))).Message);
    }

    [Fact]
    public void Its_options_keep_their_limits() =>
        OptionsChecks.Run(Bench().Offers.Single(o => o.Name == "ensemble"), new { vocabularies = BpeAndKMer() });
}
