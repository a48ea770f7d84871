using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.TokenLanguage;

public sealed class TokenLanguageTests
{
    private static ITokenizer Make(object? options = null) =>
        new Workbench(new TokenLanguagePlugin()).UseTokenizer("token-language", options);

    private static Sample With(string sequence, params (string Name, object Value)[] fields) =>
        new("x", sequence) { Origin = "t.csv:7", Fields = fields.ToDictionary(f => f.Name, f => f.Value) };

    private static string Text(ITokenizer tokenizer, Sample sample, EncodeContext? context = null) =>
        tokenizer.Text(tokenizer.Encode(sample, context ?? new()));

    [Fact]
    public void Words_are_cut_from_the_left_and_the_last_may_be_short()
    {
        var tokenizer = Make();
        var encoding = tokenizer.Encode(new("x", "ACGTACGTACGTAC"), new());
        Assert.Equal(["ACGTAC", "GTACGT", "AC"], encoding.Ids.Select(id => tokenizer.Vocabulary.Tokens[id]));
        Assert.Equal([new(0, 6), new(6, 12), new(12, 14)], encoding.Spans);
        Assert.Equal([Keys.InputIds, Keys.AttentionMask], tokenizer.Writes);
    }

    [Fact]
    public void Decoding_inverts_encoding_for_every_sequence_with_N()
    {
        var tokenizers = Enumerable.Range(1, 7).Select(k => Make(new { k, template = "R {sequence} = B A" })).ToArray();
        var cases = from k in Gen.Choose(1, 7)
                    from bases in Gen.ArrayOf(Gen.Elements("ACGTN".ToCharArray()))
                    select (k,
            bases: new string(bases));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var tokenizer = tokenizers[c.k - 1];
            var encoding = tokenizer.Encode(new("x", c.bases), new());
            var covered = encoding.Spans.Where(s => s.Length > 0).ToList();
            var inOrder = covered.Zip(covered.Skip(1)).All(p => p.First.End == p.Second.Start);
            var whole = covered.Sum(s => s.Length) == c.bases.Length;
            return tokenizer.Decode(encoding.Ids) == c.bases && inOrder && whole;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public void A_fixed_vocabulary_decodes_whole_words_exactly()
    {
        var tokenizer = Make(new { vocabulary = "fixed", k = 4 });
        var cases = from words in Gen.Choose(1, 20)
                    from bases in Gen.ArrayOf(Gen.Elements("ACGTN".ToCharArray()),
            4 * words)
                    select new string(bases);
        Prop.ForAll(cases.ToArbitrary(), bases => tokenizer.Decode(tokenizer.Encode(new("x", bases), new()).Ids) == bases)
            .Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void The_papers_templates_are_composed()
    {
        var half = With("TAGCTG", ("species", "Homo_sapiens"), ("x", "-0.54"), ("y", 0.84));
        Assert.Equal("<R>TAGCTG<+><M>-0.54<=><M>0.84", Text(Make(new { template = "{species} {sequence} + M {x} = M {y}" }), half));
        var label = With("ATCGTA", ("species", "Human"), ("label", "1"));
        Assert.Equal("<R>ATCGTA<=><B>A", Text(Make(new { template = "{species}{sequence}<=><B>{label}" }), label));
        Assert.Equal("<V>ATCGTA<=><B>N<B>A",
            Text(Make(new { template = "{species} {sequence} = B {a} B {b}" }),
            With("ATCGTA", ("species", "bovine"), ("a", "no"), ("b", "True"))));
        Assert.Equal("<R>ATCGTA<=><R>", Text(Make(new { template = "<R>{sequence}<=><R>" }), new("x", "ATCGTA")));
    }

    [Theory]
    [InlineData("I", "Arabidopsis_thaliana")]
    [InlineData("K", "caenorhabditis elegans")]
    [InlineData("V", "Bos_taurus")]
    [InlineData("L", "zebrafish")]
    [InlineData("O", "Drosophila melanogaster")]
    [InlineData("Q", "escherichia_coli_gca_001721525")]
    [InlineData("R", "human")]
    [InlineData("S", "Mus_musculus")]
    [InlineData("U", "Yeast")]
    [InlineData("W", "W")]
    [InlineData("Z", "<Z>")]
    public void Species_and_symbols_are_read_from_fields(string symbol, string written) =>
        Assert.Equal($"<{symbol}>ACGTAC", Text(Make(new { template = "{s} {sequence}" }), With("ACGTAC", ("s", written))));

    [Fact]
    public void Numbers_carry_their_values_beside_the_ids()
    {
        var tokenizer = Make(new { template = "{sequence} + M {x} = M {y}" });
        Assert.Equal([Keys.InputIds, Keys.AttentionMask, Keys.Numbers, Keys.NumberMask], tokenizer.Writes);
        var encoding = tokenizer.Encode(With("ACGTAC", ("x", -0.5), ("y", 2.25)), new());
        Assert.Equal([10, 18, 18, 14, 18, 18], encoding.Ids[1..]);
        Assert.True(encoding.TryGet<float>(Keys.Numbers, out var numbers));
        Assert.True(encoding.TryGet<bool>(Keys.NumberMask, out var mask));
        Assert.Equal([0, 0, 0, -0.5f, 0, 0, 2.25f], numbers);
        Assert.Equal([false, false, false, true, false, false, true], mask);
        Assert.All(encoding.Spans[1..], s => Assert.Equal(0, s.Length));
    }

    [Fact]
    public void A_vector_is_interleaved_as_in_the_paper_or_a_block_as_released()
    {
        var sample = With("ACGTAC", ("h", new[] { 1f, 2f, 3f }));
        Assert.Equal("ACGTAC<+><M>1<+><M>2<+><M>3<=><M>", Text(Make(new { template = "{sequence} + M {h} = M" }), sample));
        Assert.Equal("ACGTAC<+><M>1 2 3<=><M>", Text(Make(new { template = "{sequence} + M {h} = M", numbers = "block" }), sample));
        Assert.Equal("<M>1<M>2<M>3ACGTAC", Text(Make(new { template = "M {h} {sequence}" }), sample));
    }

    [Fact]
    public void The_release_swaps_the_classes()
    {
        var sample = With("ACGTAC", ("label", "1"));
        Assert.Equal("ACGTAC<B>A", Text(Make(new { template = "{sequence} B {label}" }), sample));
        Assert.Equal("ACGTAC<B>N", Text(Make(new { template = "{sequence} B {label}", classes = "release" }), sample));
        Assert.Equal("ACGTAC<B>A", Text(Make(new { template = "{sequence} B A", classes = "release" }), sample));
    }

    [Theory]
    [InlineData("drop", "ACGTAC", 2)]
    [InlineData("fill", "ACGTACGTNNNN", 0)]
    [InlineData("unknown", "ACGTAC<0>", 0)]
    public void A_fixed_vocabularys_tail_is_dropped_filled_or_unknown(string tail, string text, int dropped)
    {
        var tokenizer = Make(new { vocabulary = "fixed", tail });
        var encoding = tokenizer.Encode(new("x", "ACGTACGT"), new());
        Assert.Equal(text, tokenizer.Text(encoding));
        Assert.Equal(dropped, encoding.DroppedBases);
    }

    [Fact]
    public void A_sequence_shorter_than_a_fixed_word_is_one_unknown_token_over_its_bases()
    {
        var encoding = Make(new { vocabulary = "fixed" }).Encode(new("x", "ACG"), new());
        Assert.Equal([0], encoding.Ids);
        Assert.Equal([new BaseSpan(0, 3)], encoding.Spans);
    }

    [Fact]
    public void Other_codes_are_unknown_words_or_N()
    {
        Assert.Equal("ACGTAC<0>ACGTAC", Text(Make(), new("x", "ACGTACACRTACACGTAC")));
        Assert.Equal("ACGTACACNTACACGTAC", Text(Make(new { ambiguous = "n" }), new("x", "ACGTACACRTACACGTAC")));
        Assert.Equal("ACGTAC", Text(Make(), new("x", "acgtac")));
        Assert.Equal("NNNNNNNN", Text(Make(), new("x", "NNNNNNNN")));
    }

    [Fact]
    public void A_long_sequence_is_cut_and_the_prompt_stays_or_as_released_the_end_goes()
    {
        var sample = With(new string('A', 60), ("x", 1.0));
        var context = new EncodeContext(MaxTokens: 8);
        var tokenizer = Make(new { template = "R {sequence} + M {x} = M" });
        Assert.Equal("<R>AAAAAAAAAAAA<+><M>1<=><M>", Text(tokenizer, sample, context));
        Assert.Equal(48, tokenizer.Encode(sample, context).DroppedBases);
        Assert.Equal(8, tokenizer.CountTokens(sample, context));
        var released = Make(new { template = "R {sequence} + M {x} = M", truncation = "end" });
        Assert.Equal("<R>" + new string('A', 42), Text(released, sample, context));
        Assert.Equal(18, released.Encode(sample, context).DroppedBases);
        Assert.Equal("<R>" + new string('A', 60) + "<+><M>", Text(released, sample, new(MaxTokens: 13)));
    }

    [Fact]
    public void Without_special_tokens_there_is_the_sequence_alone() =>
        Assert.Equal("ACGTAC",
            Text(Make(new { template = "R {sequence} + M {x} = M" }), With("ACGTAC", ("x", 1.0)), new(SpecialTokens: false)));

    [Theory]
    [InlineData("{species} {sequence}", "t.csv:7: there is no field 'species'; there are: count, word.")]
    [InlineData("{sequence} M {missing}", "t.csv:7: there is no field 'missing'; there are: count, word.")]
    [InlineData("{sequence} M {word}", "t.csv:7: field 'word' is 'lots', which is not a finite number.")]
    [InlineData("{sequence} B {word}", "t.csv:7: field 'word' is 'lots', which is neither yes nor no; write 1, yes, true, 0, no or false.")]
    [InlineData("{word} {sequence}", "t.csv:7: field 'word' is 'lots', which is no reserved symbol")]
    public void Fields_that_do_not_serve_are_named(string template, string message)
    {
        var sample = With("ACGTAC", ("word", "lots"), ("count", "NaN"));
        Assert.StartsWith(message, Assert.Throws<DataException>(() => Make(new { template }).Encode(sample, new())).Message);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused()
    {
        var tokenizer = Make(new { template = "{sequence} M {x}" });
        Assert.Contains("'NaN', which is not a finite number",
            Assert.Throws<DataException>(() => tokenizer.Encode(With("AC", ("x", "NaN")), new())).Message);
        Assert.Contains("value 2 of field 'x'",
            Assert.Throws<DataException>(() => tokenizer.Encode(With("AC", ("x", new[] { 1f, float.PositiveInfinity })), new())).Message);
        Assert.Contains("not a finite number",
            Assert.Throws<DataException>(() => tokenizer.Encode(With("AC", ("x", "1e60")), new())).Message);
    }

    [Theory]
    [InlineData("R", "names {sequence} 0 times; name it once")]
    [InlineData("{sequence} {sequence}", "names {sequence} 2 times; name it once")]
    [InlineData("{sequence} + {", "has a '{' without a field name and '}' at position 14")]
    [InlineData("{sequence} # M", "has '#', which is none of the symbols")]
    [InlineData("Human {sequence}", "has the word 'Human', which is no symbol; write fields in braces, symbols apart or as <H>")]
    [InlineData("{sequence} = A", "has 'A', which is none of the symbols")]
    public void A_wrong_template_is_refused_when_it_is_read(string template, string message) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => Make(new { template })).Message);

    [Fact]
    public void A_fixed_vocabulary_cannot_answer_with_classes() => Assert.Contains(
        "words of one base, which 'vocabulary: fixed' lacks",
        Assert.Throws<UsageException>(() => Make(new { vocabulary = "fixed", template = "{sequence} = B {label}" })).Message);

    [Fact]
    public void A_limit_without_room_for_a_base_is_refused() => Assert.Contains(
        "beside the template's 3",
        Assert.Throws<UsageException>(() => Make(new { template = "R {sequence} = B" }).Encode(new("x", "ACGT"), new(MaxTokens: 3)))
            .Message);

    [Fact]
    public void An_id_outside_the_vocabulary_is_refused() =>
        Assert.Contains("Id 99999", Assert.Throws<DataException>(() => Make().Decode([99999])).Message);

    [Fact]
    public void It_keeps_the_tokenizers_contract()
    {
        TokenizerChecks.Run(Make(), 1);
        TokenizerChecks.Run(Make(new { k = 3, template = "R {sequence} + = M" }), 1);
        TokenizerChecks.Run(Make(new { k = 3, template = "R {sequence} + = M", truncation = "end" }), 1, exact: false);
        TokenizerChecks.Run(Make(new { vocabulary = "fixed", k = 3, tail = "unknown" }), 3, exact: false);
        TokenizerChecks.Run(Make(new { vocabulary = "fixed", k = 3 }), 3, exact: false);
        TokenizerChecks.Run(Make(new { vocabulary = "fixed", k = 3, tail = "fill", ambiguous = "n" }), 3, exact: false);
    }

    [Fact]
    public void Its_options_keep_their_limits() => OptionsChecks.Run(new Workbench(new TokenLanguagePlugin()).Offers.Single());
}
