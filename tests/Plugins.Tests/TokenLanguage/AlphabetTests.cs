using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.CausalLm;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.TokenLanguage;

/// <summary>The token language over other characters than nucleotides.</summary>
[Collection(TorchCollection.Name)]
public sealed class AlphabetTests
{
    private static ITokenizer Make(object? options = null) =>
        new Workbench(new TokenLanguagePlugin()).UseTokenizer("token-language", options);

    [Fact]
    public void Words_are_made_of_the_alphabets_characters_in_their_order()
    {
        var tokenizer = Make(new { alphabet = "01", k = 2, template = "R {sequence} !" });
        Assert.Equal(["0", "1", "00", "01", "10", "11"], tokenizer.Vocabulary.Tokens.Skip(34));
        Assert.Equal([21, 38, 37, 35, 17], tokenizer.Encode(new("x", "10011"), new()).Ids); // R 10 01 1 !
        Assert.Equal("01", tokenizer.Alphabet.Characters);
    }

    [Fact]
    public void Decoding_inverts_encoding_for_every_sequence_of_every_alphabet()
    {
        ITokenizer[] tokenizers =
            [Make(new { alphabet = "01", k = 6 }), Make(new { alphabet = "-AaZ", k = 3 }), Make(new { alphabet = "01", readAs = "AG" })];
        string[] characters = ["01", "-AaZ", "01"];
        var cases = from i in Gen.Choose(0, 2)
                    from text in Gen.ArrayOf(Gen.Elements(characters[i].ToCharArray()))
                    select (i, text: new string(text));
        Prop.ForAll(cases.ToArbitrary(), c => tokenizers[c.i].Decode(tokenizers[c.i].Encode(new("x", c.text), new()).Ids) == c.text)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Read_as_bases_alleles_have_the_published_ids_and_classes_are_there()
    {
        var (published, alleles) = (Make(), Make(new { alphabet = "01", readAs = "AG", template = "{sequence} = B A" }));
        Assert.Equal(published.Vocabulary.Tokens, alleles.Vocabulary.Tokens);
        Assert.Equal(published.Encode(new("x", "AGGAAGA"), new()).Ids, alleles.Encode(new("x", "0110010"), new()).Ids[..2]);
        Assert.Equal("0110010", alleles.Decode(alleles.Encode(new("x", "0110010"), new()).Ids));
    }

    [Theory]
    [InlineData("{ alphabet: \"01\", readAs: A }", "must have a base of NAGCT for each character")]
    [InlineData("{ alphabet: \"01\", readAs: AA }", "must have a base of NAGCT for each character")]
    [InlineData("{ readAs: AG }", "must have a base of NAGCT for each character")]
    [InlineData("{ alphabet: \"01\", ambiguous: n }", "goes with nucleotides only")]
    [InlineData("{ alphabet: \"01\", tail: fill }", "which an alphabet of its own lacks")]
    [InlineData("{ alphabet: \"0\" }", "two or more different characters")]
    [InlineData("{ alphabet: \"01\", template: \"{sequence} = B {label}\" }", "the alphabet 01 lacks; give 'readAs'")]
    [InlineData("{ alphabet: \"ACDEFGHIKLMNPQRSTVWY\" }", "lower 'k'")]
    public void What_does_not_go_together_is_refused(string written, string message)
    {
        var options = written.Trim('{', '}', ' ').Split(", ").Select(o => o.Split(": ", 2))
            .ToDictionary(o => o[0], o => (object?)o[1].Trim('"'));
        Assert.Contains(message, Assert.Throws<UsageException>(() =>
            new Workbench(new TokenLanguagePlugin()).Build<ITokenizer>(new ComponentSpec("token-language", options))).Message);
    }

    [Fact]
    public void A_genome_without_its_species_is_told_where_it_is_named()
    {
        var tokenizer = Make(new { template = "{species} {sequence}" });
        Sample Of(string? species) => new("chr1", "ACGT")
        {
            Origin = "g.fa, record 'chr1'",
            Fields = species is null ? new Dictionary<string, object>() : new Dictionary<string, object> { ["species"] = species },
        };
        Assert.Equal([26, 26, 26], ((string[])["Escherichia coli", "E. coli", "Escherichia_coli_gca_001721525"])
            .Select(name => tokenizer.Encode(Of(name), new()).Ids[0]));
        Assert.Contains(
            "there is no field 'species'; there are none. The tokenizer's template asks for it: FASTA and class folders have it "
            + "from their option 'species'", Assert.Throws<DataException>(() => tokenizer.Encode(Of(null), new())).Message);
        Assert.Contains("'Pan_troglodytes', which is no reserved symbol",
            Assert.Throws<DataException>(() => tokenizer.Encode(Of("Pan_troglodytes"), new())).Message);
    }

    [Fact]
    public void Next_tokens_of_alleles_are_learned_and_no_baseline_of_bases_stands_beside_them()
    {
        var bench = new Workbench(new TokenLanguagePlugin(), new NumericGptPlugin(), new CausalLmPlugin());
        bench.UseTokenizer("token-language", new { alphabet = "01", k = 1, template = "{sequence} !" });
        bench.UseBackbone("numeric-gpt", new { layers = 1, width = 16, attentionHeads = 2, maxPositions = 16 });
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("causal-lm"));
        using var batch = model.Collate([new("a", "0101"), new("b", "1100")]);

        Assert.Equal([35L, 34, 35, 17, 35, 34, 34, 17], batch[Keys.PositionLabels].data<long>().ToArray()); // the stop is asked for
        Assert.Equal(["unigram", "token markov"], model.Objective.Card.Baselines.Select(b => b.Name));
    }
}
