using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.Bpe.Training;

namespace PluginHost.Plugins.Tests.Bpe;

/// <summary>Encoding with vocabularies made on the spot, against the definition of byte-pair encoding.</summary>
public sealed class BpeEncodingTests
{
    private static readonly string[] dna = ["A", "C", "G", "T"];

    private static BpeTokenizer Of(IReadOnlyList<(string, string)> merges, params string[] letters) =>
        new(BpeModel.Trained(letters, merges));

    private static string[] Texts(ITokenizer tokenizer, string sequence) =>
        [.. tokenizer.Encode(new("x", sequence), new(SpecialTokens: false)).Ids.Select(id => tokenizer.Vocabulary.Tokens[id])];

    /// <summary>Random sequences with repeats and runs, which are where merges compete.</summary>
    private static string Repetitive(SeededRandom random, string alphabet, int length)
    {
        var text = "";
        while (text.Length < length)
            text += random.Next(0, 3) switch
            {
                0 => new string(alphabet[random.Next(0, alphabet.Length)], random.Next(1, 9)),
                1 => string.Concat(Enumerable.Repeat(alphabet[random.Next(0, alphabet.Length)].ToString()
                    + alphabet[random.Next(0, alphabet.Length)], random.Next(1, 5))),
                _ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => alphabet[random.Next(0, alphabet.Length)])),
            };
        return text[..length];
    }

    [Theory]
    [InlineData("AC")]
    [InlineData("ACGT")]
    [InlineData("ACGTN")]
    [InlineData("ABCDEFGHIJKLMNOPQRST")]
    public void Encoding_is_that_of_applying_merges_in_order(string alphabet) =>
        Prop.ForAll(Gen.Choose(0, 1 << 20).ToArbitrary(), seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var merges = PlainBpe.Train([.. Enumerable.Range(0, 6).Select(_ => Repetitive(random, alphabet, 60))], random.Next(1, 100));
            var tokenizer = Of(merges, [.. alphabet.Select(c => c.ToString())]);
            for (var i = 0; i < 10; i++)
            {
                var text = Repetitive(random, alphabet, random.Next(1, 130));
                if (!PlainBpe.Encode(text, merges).SequenceEqual(Texts(tokenizer, text))) return false;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory]
    [InlineData(0, 1500)]
    [InlineData(1, 1500)]
    [InlineData(20, 1100)]
    [InlineData(150, 900)]
    public void Long_runs_are_encoded_alike_whether_or_not_their_parts_agree(int merges, int length)
    {
        // A run of one letter never agrees with itself from another place on, unless by the length of its tokens.
        var random = new SeededRandom(5);
        for (var round = 0; round < 6; round++)
        {
            var rules = PlainBpe.Train([Repetitive(random, "ACGT", 400), new string('A', 200)], merges);
            var tokenizer = Of(rules, dna);
            string[] texts =
            [
                Repetitive(random, "ACGT", length - random.Next(0, 70)),
                new string('A', length - round),
                Repetitive(random, "ACGT", 300) + new string('A', length - 500) + Repetitive(random, "ACGT", 200),
                Repetitive(random, "ACGT", 250) + "N" + Repetitive(random, "ACGT", 191 + round) + "NN" + Repetitive(random, "ACGT", 400),
            ];
            foreach (var text in texts)
                Assert.Equal(text.Split('N').SelectMany(run => PlainBpe.Encode(run, rules)),
                    Texts(tokenizer, text).Where(token => token != "[UNK]"));
        }
    }

    [Fact]
    public void Merges_in_any_order_and_never_applied_are_honoured()
    {
        var random = new SeededRandom(11);
        for (var round = 0; round < 60; round++)
        {
            // Not trained: each merge joins any two earlier tokens, so many are shadowed by others.
            var tokens = new List<string>(dna);
            var merges = new List<(string, string)>();
            for (var m = 0; m < 60; m++)
            {
                var (left, right) = (tokens[random.Next(0, tokens.Count)], tokens[random.Next(0, tokens.Count)]);
                if (left.Length + right.Length > 12 || tokens.Contains(left + right)) continue;
                merges.Add((left, right));
                tokens.Add(left + right);
            }
            var tokenizer = Of(merges, dna);
            for (var i = 0; i < 20; i++)
            {
                var text = Repetitive(random, "ACGT", random.Next(1, 120));
                Assert.Equal(PlainBpe.Encode(text, merges), Texts(tokenizer, text));
            }
        }
    }

    [Fact]
    public void Vocabularies_too_large_for_an_automaton_are_encoded_alike()
    {
        var random = new SeededRandom(4);
        for (var round = 0; round < 20; round++)
        {
            var rules = new MergeRules(BpeModel.Trained(dna, PlainBpe.Train([Repetitive(random, "ACGT", 600)], 1 + 20 * round)));
            Assert.NotNull(PrefixAutomaton.TryBuild(rules));
            Assert.Equal(Pieces(new BpeEncoder(rules), rules, 4 * round),
                Pieces(new BpeEncoder(rules, mayReadStates: false), rules, 4 * round));
        }
    }

    [Fact]
    public void An_automaton_of_more_states_than_16_bits_number_encodes_alike()
    {
        var text = new TrainingText(400_000);
        text.Add(SampleDna.Sequence(new SeededRandom(9), 400_000));
        var rules = new MergeRules(BpeModel.Trained(dna, new BpeTrainer(text, 26_000).Run()));
        Assert.True(PrefixAutomaton.TryBuild(rules)!.Last.Length > 1 << 16);
        Assert.Equal(Pieces(new BpeEncoder(rules, mayReadStates: false), rules, 2), Pieces(new BpeEncoder(rules), rules, 2));
    }

    private static ushort[] Pieces(BpeEncoder encoder, MergeRules rules, int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var codes = Enumerable.Range(0, 5000).Select(_ => (byte)random.Next(0, rules.Letters)).ToArray();
        var pieces = new ushort[codes.Length];
        return pieces[..encoder.Encode(codes, pieces)];
    }

    [Fact]
    public void Every_token_has_its_span_and_unknown_letters_hold_their_place()
    {
        var tokenizer = Of([("A", "C"), ("G", "T"), ("AC", "GT")], dna);
        var encoding = tokenizer.Encode(new("x", "ACGTNAC"), new());
        Assert.Equal(["[CLS]", "ACGT", "[UNK]", "AC", "[SEP]"], encoding.Ids.Select(id => tokenizer.Vocabulary.Tokens[id]));
        Assert.Equal([BaseSpan.None, new(0, 4), new(4, 5), new(5, 7), BaseSpan.None], encoding.Spans);
        Assert.Equal("ACGTNAC", tokenizer.Decode(encoding.Ids));
        Assert.Equal(7, encoding.Ids.Length + 2);
    }

    [Fact]
    public void The_limit_drops_tokens_from_the_end_and_counts_their_bases()
    {
        var tokenizer = Of([("A", "C")], dna);
        var encoding = tokenizer.Encode(new("x", "ACACACG"), new(MaxTokens: 4));
        Assert.Equal(3, encoding.DroppedBases);
        Assert.Equal(4, tokenizer.CountTokens(new("x", "ACACACG"), new(MaxTokens: 4)));
        Assert.Contains("at least 3", Assert.Throws<UsageException>(() => tokenizer.Encode(new("x", "A"), new(MaxTokens: 2))).Message);
    }

    [Fact]
    public void A_sequence_of_only_N_is_unknown_throughout() =>
        Assert.Equal(["[UNK]", "[UNK]", "[UNK]"], Texts(Of([("A", "C")], dna), "NNN"));

    [Fact]
    public void White_space_splits_and_is_no_token() =>
        Assert.Equal(["AC", "A", "C", "AC"], Texts(Of([("A", "C")], dna), "ACA CAC"));

    [Fact]
    public void It_keeps_the_tokenizers_contract() => TokenizerChecks.Run(Of([("A", "C"), ("G", "T"), ("A", "A"), ("AC", "GT")], dna), 1);

    [Fact]
    public void Time_grows_with_length_and_not_faster()
    {
        // A run of one letter with a vocabulary of its powers is where backtracking is worst.
        var merges = Enumerable.Range(0, 5).Select(i => new string('A', 1 << i)).Select(t => (t, t)).ToList();
        var tokenizer = Of(merges, dna);
        var encoding = tokenizer.Encode(new("x", new string('A', 2_000_001)), new(SpecialTokens: false));
        Assert.Equal(62_501, encoding.Ids.Length);
        Assert.Equal(new BaseSpan(2_000_000, 2_000_001), encoding.Spans[^1]);
    }

    [Fact]
    public void Its_options_keep_their_limits() =>
        OptionsChecks.Run(new Workbench(new BpePlugin()).Offers.Single(o => o.Kind == typeof(ITokenizer)),
            new { vocab = "tokenizer.json" });
}
