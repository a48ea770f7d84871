using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MultiTaskDna;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.MultiTaskDna;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class MultiTaskDnaTests
{
    private static readonly BatchKey isOrder = new("positions_of_order", ScalarType.Bool, "M");
    private static readonly BatchKey isFlipped = new("is_flipped", ScalarType.Bool, "B");
    private readonly Workbench bench =
        new(new KMerPlugin(), new BertEncoderPlugin(), new TokenLanguagePlugin(), new NumericGptPlugin(), new MultiTaskDnaPlugin());

    private ModelUnderTest Model(object? options = null, string template = "O {sequence}", int positions = 64)
    {
        manual_seed(2);
        bench.UseTokenizer("token-language", new { k = 3, template });
        bench.UseBackbone("numeric-gpt", new { layers = 1, width = 32, attentionHeads = 4, maxPositions = positions });
        return new(bench, bench.Build<IObjective>("dna-multitask", options));
    }

    private static string Reversed(string bases) => new([.. bases.Reverse()]);

    private static float Gc(string bases) => (float)bases.Count(b => b is 'G' or 'C') / bases.Length;

    [Fact]
    public void Gc_rows_are_stretches_whose_share_is_asked_for_after_the_number_instruction()
    {
        using var model = Model(new { nextToken = 0, order = 0 });
        var samples = SampleDna.Random(40, 60, 120);
        using var batch = model.Collate(samples);
        var positions = batch[Keys.NumberPositions].data<long>().ToArray();
        var targets = batch[Keys.NumberPositionTargets].data<float>().ToArray();
        var flipped = batch[isFlipped].data<bool>().ToArray();
        for (var b = 0; b < samples.Count; b++)
        {
            var (stretch, ids) = (batch.Samples[b].Sequence, batch.Encodings[b].Ids);
            Assert.Contains(stretch, flipped[b] ? Reversed(samples[b].Sequence) : samples[b].Sequence);
            Assert.InRange(stretch.Length, 30, samples[b].Sequence.Length);
            Assert.Equal([14, 18], ids[^2..]); // = M
            Assert.Equal(b * batch.Axis("T") + ids.Length - 1, positions[b]);
            Assert.Equal(Gc(stretch), targets[b]);
        }
        Assert.True(batch.Samples.Select(s => s.Sequence.Length).Distinct().Count() > 20);
        Assert.Equal(40, batch.TargetCounts["gc"]);
    }

    [Fact]
    public void Order_rows_are_flipped_half_of_the_time_and_say_so()
    {
        using var model = Model(new { nextToken = 0, gc = 0 });
        var samples = SampleDna.Random(400, 30, 31);
        using var batch = model.Collate(samples);
        var marked = batch[isOrder].data<bool>().ToArray();
        var labels = batch[Keys.PositionLabels].data<long>().ToArray();
        var answers = labels.Where((_, m) => marked[m]).ToArray();
        Assert.Equal(400, answers.Length);
        for (var b = 0; b < samples.Count; b++)
        {
            var expected = answers[b] == 35 ? new string([.. samples[b].Sequence.Reverse()]) : samples[b].Sequence; // A: flipped
            Assert.Equal(expected, batch.Samples[b].Sequence);
            Assert.Equal([14, 19], batch.Encodings[b].Ids[^2..]); // = B
        }
        Assert.InRange(answers.Count(a => a == 35), 160, 240);
        Assert.All(answers, a => Assert.True(a is 34 or 35));
        Assert.Equal(labels.Length, batch.TargetCounts["cross-entropy"]);
        Assert.DoesNotContain("gc", batch.TargetCounts.Keys);
        Assert.DoesNotContain(model.Objective.Heads, h => h.Name == "numbers");
    }

    [Theory]
    [InlineData("every", 160, 240)]
    [InlineData("order", 0, 0)]
    public void Sequences_of_every_task_are_flipped_half_of_the_time_as_the_paper_samples_them(string flip, int fewest, int most)
    {
        var samples = SampleDna.Random(400, 30, 31);
        foreach (var (nextToken, gc) in ((int, int)[])[(1, 0), (0, 1)])
        {
            using var model = Model(new { nextToken, gc, order = 0, shortestStretch = 1000, flip });
            using var batch = model.Collate(samples);
            var flipped = batch[isFlipped].data<bool>().ToArray();
            for (var b = 0; b < samples.Count; b++)
                Assert.Equal(flipped[b] ? Reversed(samples[b].Sequence) : samples[b].Sequence, batch.Samples[b].Sequence);
            Assert.InRange(flipped.Count(f => f), fewest, most);
        }
        Assert.Equal(FlippedSequences.Every, new MultiTaskDnaOptions().Flip);
    }

    [Fact]
    public void The_species_comes_first_and_the_first_word_is_asked_for_from_it()
    {
        using var model = Model(new { gc = 0, order = 0, flip = "order" }, template: "{species} {sequence}");
        Sample[] samples = [.. SampleDna.Random(2, 30, 31).Zip(["Escherichia coli", "Homo_sapiens"],
            (s, name) => s with { Fields = new Dictionary<string, object> { ["species"] = name } })];
        using var batch = model.Collate(samples);

        Assert.Equal([26, 21], batch.Encodings.Select(e => e.Ids[0])); // Q, R
        Assert.Contains(0L, batch[Keys.Positions].data<long>().ToArray());
    }

    [Fact]
    public void Sequences_of_another_alphabet_are_refused()
    {
        bench.UseTokenizer("token-language", new { k = 3, alphabet = "01" });
        bench.UseBackbone("numeric-gpt", new { layers = 1, width = 32, attentionHeads = 4, maxPositions = 64 });

        var failure = Assert.Throws<UsageException>(() => bench.Build<IObjective>("dna-multitask"));
        Assert.Contains("reads sequences of 01; use causal-lm", failure.Message);
    }

    [Fact]
    public void Next_tokens_are_words_and_never_the_prompt()
    {
        using var model = Model();
        using var batch = model.Collate(SampleDna.Random(60, 40, 60));
        var marked = batch[isOrder].data<bool>().ToArray();
        var labels = batch[Keys.PositionLabels].data<long>().ToArray();
        var words = labels.Where((_, m) => !marked[m]).ToArray();
        Assert.All(words, w => Assert.True(w >= 34));
        Assert.Equal(batch.Encodings.Sum(e => e.Spans.Count(s => s.Length > 0)), words.Length); // the species comes first
        Assert.Equal(labels.Length, batch.TargetCounts["cross-entropy"]);
        Assert.InRange(batch.TargetCounts["gc"], 8, 35);
        Assert.InRange(labels.Length - words.Length, 8, 35);
    }

    [Fact]
    public void Sequences_with_too_many_N_are_left_out_and_counted()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        Sample[] samples = [new("good", new string('A', 95) + "NNNNN"), new("bad", new string('A', 94) + "NNNNNN"),
            new("none", new string('N', 60)), .. SampleDna.Random(4, 40, 60)];
        var context = new CollateContext(model.Tokenizer, 64, CollateMode.Train, new SeededRandom(3));
        using var batch = model.Objective.Collate(samples, context);
        Assert.Equal(2, batch.LeftOut);
        Assert.Equal(7, batch.Samples.Count);
        Assert.Equal([20], batch.Encodings[1].Ids);
        var columns = batch.Axis("T");
        Assert.DoesNotContain(batch[Keys.Positions].data<long>().ToArray(), p => p / columns is 1 or 2);
        Assert.True(model.Objective.Loss(model.Predict(batch), batch)[0].Sum.isfinite().item<bool>());
    }

    [Fact]
    public void A_batch_of_nothing_but_N_says_what_to_do()
    {
        using var model = Model();
        var message = Assert.Throws<DataException>(() =>
            model.Collate([new("x", "NNNNNNNN") { Origin = "chr1:0-8" }, new("y", "NNNNNNNNNNN")])).Message;
        Assert.Equal("chr1:0-8: this and all 2 sequences of a batch have more than 5 % N and are left out; raise 'maxN', or let the data "
            + "source leave such sequences out (its own 'maxN').", message);
    }

    [Fact]
    public void Room_for_the_prompt_is_kept()
    {
        using var model = Model(positions: 16);
        using var batch = model.Collate(SampleDna.Random(30, 200, 300));
        Assert.All(batch.Encodings, e => Assert.InRange(e.Ids.Length, 14, 16));
        Assert.Contains(batch.Encodings, e => e.Ids is [.., 14, 19]);
    }

    [Fact]
    public void Terms_are_weighted_as_in_the_paper_or_pooled()
    {
        using var scope = NewDisposeScope();
        using var model = Model(new { pooledCrossEntropy = false });
        using var batch = model.Collate(SampleDna.Random(30, 40, 60));
        var terms = model.Objective.Loss(model.Predict(batch), batch);
        Assert.Equal([("next-token", 1f), ("order", 1f), ("gc", 0.01f)], terms.Select(t => (t.Name, t.Weight)));
        using var pooled = Model();
        using var other = pooled.Collate(SampleDna.Random(30, 40, 60));
        var together = pooled.Objective.Loss(pooled.Predict(other), other);
        Assert.Equal([("cross-entropy", 1f), ("gc", 0.01f)], together.Select(t => (t.Name, t.Weight)));
        Assert.Equal(terms[0].Sum.item<float>() + terms[1].Sum.item<float>(), together[0].Sum.item<float>(), 2);
        Assert.Equal(terms[0].Count + terms[1].Count, together[0].Count);
    }

    [Fact]
    public void Scores_report_each_task()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        model.Train(false);
        using var batch = model.Collate(SampleDna.Random(30, 40, 60), CollateMode.Evaluate);
        var predictions = model.Predict(batch);
        var terms = model.Objective.Loss(predictions, batch).ToDictionary(t => t.Name);
        var scored = model.Objective.Score(predictions, batch);
        var losses = scored.Losses.ToDictionary(l => l.Name);
        Assert.Equal(["cross-entropy", "next-token", "bits-per-base", "order", "order-accuracy", "gc"], losses.Keys);
        Assert.Equal(["cross-entropy", "gc"], losses.Values.Where(l => l.Weight > 0).Select(l => l.Name));
        Assert.Equal(losses["cross-entropy"].Sum, losses["next-token"].Sum + losses["order"].Sum, 6);
        foreach (var (name, term) in terms)
        {
            Assert.Equal(term.Count, losses[name].Count);
            Assert.InRange(losses[name].Sum, term.Sum.item<float>() * 0.9999 - 1e-4, term.Sum.item<float>() * 1.0001 + 1e-4);
        }
        Assert.Equal(scored.Targets!.GetLength(0), losses["gc"].Count);
        Assert.Equal(30, scored.RowLosses.Count);
        foreach (var (name, whole) in losses)
        {
            var rows = scored.RowLosses.Select(row => row.Single(l => l.Name == name)).ToList();
            Assert.Equal(whole.Count, rows.Sum(l => l.Count));
            Assert.Equal(whole.Sum, rows.Sum(l => l.Sum), 1e-6);
        }
        Assert.InRange(losses["order-accuracy"].Sum, 0, losses["order"].Count);
    }

    [Fact]
    public void It_keeps_the_contract()
    {
        foreach (object? options in new object?[] { null, new { pooledCrossEntropy = false }, new { gc = 0 }, new { order = 0 },
            new { gc = 0, order = 0 } })
            using (var model = Model(options)) ObjectiveChecks.Run(model, SampleDna.Random(20, 20, 60));
        ModelChecks.Run(() => Model(positions: 64), SampleDna.Random(10, 20, 60), steps: 60, learningRate: 5e-3, falls: 0.5);
    }

    [Fact]
    public void A_template_with_numbers_keeps_its_columns()
    {
        using var model = Model(template: "{sequence} + M {x}");
        Sample[] samples =
            [.. SampleDna.Random(10, 30, 60).Select((s, i) => s with { Fields = new Dictionary<string, object> { ["x"] = (double)i } })];
        using var batch = model.Collate(samples);
        Assert.Equal(batch[Keys.InputIds].shape, batch[Keys.Numbers].shape);
        Assert.Equal(10, batch[Keys.NumberMask].sum().item<long>());
    }

    [Fact]
    public void Baselines_are_chance_and_the_mean_and_a_two_way_chain_tells_directions()
    {
        using var model = Model(positions: 512);
        // After A comes C, after C comes G, mostly: read backwards it is another language.
        string Make(SeededRandom random) => string.Create(150, random, static (b, r) =>
        {
            for (var i = 0; i < b.Length; i++) b[i] = i > 0 && r.NextDouble() < 0.5 ? "CGTA"["ACGT".IndexOf(b[i - 1])]
                : "ACGT"[r.Next(0, 4)];
        });
        Sample[] Draw(ulong seed, int count) =>
            [.. Enumerable.Range(0, count).Select(i => new Sample($"{seed}-{i}", Make(new(seed, (ulong)i))))];
        var context = new KitBaselineContext(model.Tokenizer, model.Objective, Draw(1, 600), Draw(2, 150));
        var figures = model.Objective.Card.Baselines.ToDictionary(b => b.Name, b => b.Measure(context).SelectMany(s => s.Losses)
            .GroupBy(l => l.Name).ToDictionary(g => g.Key, g => g.Sum(l => l.Sum) / g.Sum(l => l.Count)));
        Assert.Equal(["unigram, chance, mean", "base markov, chance, mean", "two-way markov, its ratio, mean"], figures.Keys);
        foreach (var name in figures.Keys.Take(2))
            Assert.Equal((0.693147, 0.5), (Math.Round(figures[name]["order"], 6), figures[name]["order-accuracy"]));
        Assert.InRange(figures["two-way markov, its ratio, mean"]["order-accuracy"], 0.99, 1);
        Assert.InRange(figures["two-way markov, its ratio, mean"]["order"], 0, 0.05);
        Assert.True(figures["base markov, chance, mean"]["next-token"] < figures["unigram, chance, mean"]["next-token"] - 0.05);
        Assert.True(figures["two-way markov, its ratio, mean"]["next-token"] < figures["base markov, chance, mean"]["next-token"] - 0.03);
        Assert.InRange(figures["unigram, chance, mean"]["gc"], 0.0005, 0.01);
    }

    [Fact]
    public void The_share_explained_is_one_minus_errors_over_spread()
    {
        var metric = bench.Build<IMetric>("gc-r2");
        Assert.True(double.IsNaN(metric.Value));
        metric.Add(new() { Outputs = new float[,] { { 1 }, { 2 } }, Targets = new float[,] { { 1 }, { 3 } } });
        metric.Add(new() { Outputs = new float[,] { { 5 } }, Targets = new float[,] { { 5 } } });
        Assert.Equal(1 - 1.0 / 8, metric.Value, 9);
        Assert.Contains("dna-multitask", Assert.Throws<UsageException>(() => metric.Add(new())).Message);
    }

    [Fact]
    public void What_it_needs_is_asked_for_by_name()
    {
        bench.UseTokenizer("kmer", new { k = 3 });
        bench.UseBackbone("numeric-gpt", new { layers = 1, width = 32, attentionHeads = 4 });
        Assert.Contains("needs the token '<=>'", Assert.Throws<UsageException>(() => bench.Build<IObjective>("dna-multitask")).Message);
        bench.UseTokenizer("token-language", new { k = 3, vocabulary = "fixed" });
        Assert.Contains("'vocabulary: dynamic', or set 'order: 0'",
            Assert.Throws<UsageException>(() => bench.Build<IObjective>("dna-multitask")).Message);
        Assert.NotNull(bench.Build<IObjective>("dna-multitask", new { order = 0 }));
        bench.UseBackbone("bert-encoder", new { layers = 1, width = 32, attentionHeads = 4 });
        Assert.Contains("bert-encoder is none", Assert.Throws<UsageException>(() => bench.Build<IObjective>("dna-multitask")).Message);
    }

    [Fact]
    public void Its_options_keep_their_limits()
    {
        OptionsChecks.Run(bench.Offers.Single(o => o.Name == "dna-multitask"));
        foreach (var wrong in new object[] { new { nextToken = 0, gc = 0, order = 0 },
            new { pooledCrossEntropy = true, orderWeight = 2f } })
            Assert.Throws<UsageException>(() => Model(wrong));
    }
}
