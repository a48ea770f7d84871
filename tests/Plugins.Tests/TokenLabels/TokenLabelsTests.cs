using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.TokenLabels;
using static PluginHost.Plugins.Tests.Supervised.Fitting;

namespace PluginHost.Plugins.Tests.TokenLabels;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class TokenLabelsTests
{
    private readonly Workbench bench = new(new KMerPlugin(), new BertEncoderPlugin(), new TokenLabelsPlugin());

    public TokenLabelsTests() => bench.UseTokenizer("kmer", new { k = 3 });

    private static Sample Labelled(string sequence, string labels) => Row("5", sequence, ("labels", labels));

    /// <summary>Items of a sample: bases, class, and the tokens with their shares.</summary>
    private List<string> Items(object options, Sample sample, int maxTokens = 64)
    {
        var objective = bench.Build<IObjective>("token-labels", options);
        using var batch = objective.Collate([sample], Context(bench, maxTokens: maxTokens));
        var width = (int)batch.Axis("W");
        var (tokens, shares) = (batch[Columns.Tokens].data<long>().ToArray().Chunk(width).ToList(),
            batch[Columns.Shares].data<float>().ToArray().Chunk(width).ToList());
        var classes = batch[Columns.Classes].data<long>().ToArray();
        return [.. ItemScores.Places(batch).Select((p, m) =>
            $"{p.Span.Start}-{p.Span.End} {classes[m]} "
                + $"{string.Join('+', tokens[m].Zip(shares[m]).Where(t => t.Second > 0).Select(t => t.First))}")];
    }

    [Fact]
    public void A_base_has_the_tokens_that_cover_it() => Assert.Equal(
        ["0-1 0 1", "1-2 1 1+2", "2-3 -100 1+2+3", "3-4 0 2+3", "4-5 2 3"],
        Items(new { letters = ".DA" }, Labelled("ACGTA", ".D?.A")));

    [Fact]
    public void Words_that_do_not_overlap_give_all_their_bases_one_token()
    {
        bench.UseTokenizer("kmer", new { k = 3, stride = 3 });
        Assert.Equal(["0-1 0 1", "1-2 1 1", "2-3 0 1", "3-4 0 2", "4-5 0 2"], Items(new { letters = ".D" }, Labelled("ACGTA", ".D...")));
        Assert.Equal(["0-3 1 1", "3-5 0 2"], Items(new { letters = ".D", level = "token" }, Labelled("ACGTA", ".D...")));
    }

    [Theory]
    [InlineData("any", "0-3 1 1", "1-4 1 2", "2-5 1 3", "3-6 1 4")]
    [InlineData("majority", "0-3 0 1", "1-4 1 2", "2-5 1 3", "3-6 0 4")]
    [InlineData("centre", "0-3 0 1", "1-4 1 2", "2-5 1 3", "3-6 0 4")]
    [InlineData("first", "0-3 0 1", "1-4 0 2", "2-5 1 3", "3-6 1 4")]
    public void A_token_has_the_class_of_its_bases(string tokenClass, params string[] expected) =>
        Assert.Equal(expected, Items(new { letters = ".DA", level = "token", tokenClass }, Labelled("ACGTAC", "..DD..")));

    [Fact]
    public void Bases_that_were_cut_off_are_left_out() =>
        Assert.Equal(["0-1 0 1", "1-2 1 1+2", "2-3 0 1+2", "3-4 0 2"],
            Items(new { letters = ".D" }, Labelled("ACGTACGT", ".D......"), maxTokens: 4));

    [Fact]
    public void Every_base_is_an_item_once_whatever_the_stride() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from k in Gen.Choose(1, 6)
         from stride in Gen.Choose(1, 6)
         from length in Gen.Choose(6, 40)
         select (k, stride: Math.Min(k, stride),
            length)).ToArbitrary(), t =>
        {
            bench.UseTokenizer("kmer", new { t.k, t.stride });
            var items = Items(new { letters = ".D" },
                Labelled(SampleDna.Sequence(new SeededRandom((ulong)t.length), t.length), new string('.', t.length)));
            return items.Count == t.length
                && items.Select((item, i) => item.StartsWith($"{i}-{i + 1} 0 ", StringComparison.Ordinal)).All(fits => fits);
        }));

    [Fact]
    public void Classes_are_found_in_training_and_bad_labels_are_placed()
    {
        var objective = Fit(bench, "token-labels", new { }, [Labelled("ACGTA", "..D?."), Labelled("ACGTA", "A....")]);
        Assert.Equal([".", "A", "D"], objective.Card.OutputNames);
        string Refused(IObjective of, Sample row) => Assert.Throws<DataException>(() => of.Collate([row], Context(bench))).Message;
        Assert.Contains("data.csv:5: field 'labels' has 4 labels for 5 bases", Refused(objective, Labelled("ACGTA", "....")));
        Assert.Contains("data.csv:5: the label 'x' of base 3 is none of '.AD'", Refused(objective, Labelled("ACGTA", "..x..")));
        Assert.Contains("there is no field 'labels' with a label for every base", Refused(objective, Row("5", "ACGTA")));
        var unseen = Fit(bench, "token-labels", new { letters = ".DA" }, [Labelled("ACGTA", "..D..")]);
        Assert.Contains("the label 'A' of base 2 is in no training row", Refused(unseen, Labelled("ACGTA", ".A...")));
        Assert.Contains("at least two classes",
            Assert.Throws<DataException>(() => Fit(bench, "token-labels", new { }, [Labelled("ACGTA", ".....")])).Message);
    }

    [Fact]
    public void Numbers_are_labels_too()
    {
        var objective = Fit(bench, "token-labels", new { letters = "01" }, [Row("5", "ACGT", ("labels", new float[] { 0, 1, 0, 0 }))]);
        using var batch = objective.Collate([Row("6", "ACGT", ("labels", new float[] { 0, float.NaN, 1, 0 }))], Context(bench));
        Assert.Equal([0, Keys.Ignore, 1, 0], batch[Columns.Classes].data<long>().ToArray());
    }

    [Fact]
    public void Predictions_have_their_places_and_padding_changes_nothing()
    {
        Sample[] rows = [Labelled("ACGTAC", "..D..."), Labelled("ACGTACGTACGT", "A...........")];
        using var model = Build(rows, dropout: 0);
        model.Train(false);
        using var noGradients = no_grad();
        using var both = model.Collate(rows, CollateMode.Predict);
        using var alone = model.Collate(rows[..1], CollateMode.Predict);
        var (scored, first) = (model.Objective.Score(model.Predict(both), both), model.Objective.Score(model.Predict(alone), alone));
        Assert.Equal(18, scored.Ids.Count);
        Assert.Equal([0, 1], scored.Rows.Distinct());
        Assert.Equal(new BaseSpan(11, 12), scored.Spans[^1]);
        for (var c = 0; c < 3; c++) Assert.Equal(first.Probabilities![2, c], scored.Probabilities![2, c], 1e-5);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("token")]
    public void It_keeps_the_objectives_and_models_contract(string level)
    {
        var random = new SeededRandom(8);
        var samples = Enumerable.Range(0, 8).Select(i =>
        {
            var sequence = SampleDna.Sequence(random, 20 + 2 * i);
            return Row($"{i}", sequence,
                ("labels", string.Concat(sequence.Select((b, p) => b == 'G' && p > 0 && sequence[p - 1] == 'A' ? 'D' : '.'))));
        }).ToList();
        ModelUnderTest Make() => Build(samples, 0, level);
        using (var model = Make()) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(Make, samples, steps: 80, learningRate: 1e-2, falls: 0.3);
    }

    [Fact]
    public void The_weight_array_finds_a_motif_and_the_position_model_a_place()
    {
        var random = new SeededRandom(9);
        List<Sample> Make(int count) => [.. Enumerable.Range(0, count).Select(i =>
        {
            var place = 10 + random.Next(0, 15);
            var bases = SampleDna.Sequence(random, 40).ToCharArray();
            "GTAAGT".CopyTo(0, bases, place, 6);
            var labels = new string('.', 40).ToCharArray();
            labels[place] = 'D';
            return Row($"{i}", new string(bases), ("labels", new string(labels)));
        })];
        var (train, test) = (Make(150), Make(40));
        var objective = Fit(bench, "token-labels", new { }, train);
        var context = new KitBaselineContext(bench.Tokenizer, objective, train, test);
        double Recall(int baseline) => objective.Card.Baselines[baseline].Measure(context)
            .Select(s => s.Labels!.Zip(s.Predicted!).Where(p => p.First == 1).Average(p => p.Second)).Average();
        Assert.Equal(["majority class", "class frequency by position", "weight array"], objective.Card.Baselines.Select(b => b.Name));
        Assert.Equal(0, Recall(0));
        Assert.True(Recall(2) > 0.9);
        var fixedPlace = train.Select(s =>
            s with { Fields = new Dictionary<string, object> { ["labels"] = "......D" + new string('.', 33) } }).ToList();
        var scored = objective.Card.Baselines[1].Measure(new KitBaselineContext(bench.Tokenizer, objective, fixedPlace, fixedPlace))
            .First();
        Assert.Equal(1, scored.Predicted![6]);
    }

    [Fact]
    public void Its_options_keep_their_limits()
    {
        foreach (var offer in bench.Offers.Where(o => o.Name.StartsWith("token-labels", StringComparison.Ordinal)))
            OptionsChecks.Run(offer);
        foreach (var bad in (object[])[new { letters = "a" }, new { letters = "aa" }, new { letters = "a?" },
            new { letters = ".D", names = new[] { "x" } }, new { unknown = "NA" }, new { letters = ".D", classWeights = new[] { 1.0 } }])
            Assert.Throws<UsageException>(() => bench.Build<IObjective>("token-labels", bad));
    }

    private ModelUnderTest Build(IReadOnlyList<Sample> samples, double dropout, string level = "base")
    {
        manual_seed(3);
        bench.UseBackbone("bert-encoder",
            new { layers = 1, width = 32, attentionHeads = 2, maxPositions = 64, dropout, attentionDropout = dropout });
        return new(bench, Fit(bench, "token-labels", new { dropout, level }, samples));
    }
}
