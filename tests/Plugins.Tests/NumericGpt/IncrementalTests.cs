using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.NumericGpt;

using static TorchSharp.torch;

/// <summary>Running piece by piece against running over the whole.</summary>
[Collection(TorchCollection.Name)]
public sealed class IncrementalTests : IDisposable
{
    private readonly Backbone backbone;
    private readonly IIncremental incremental;
    private readonly Head head;
    private readonly long vocabulary;

    public IncrementalTests()
    {
        manual_seed(3);
        var bench = new Workbench(new TokenLanguagePlugin(), new NumericGptPlugin());
        vocabulary = bench.UseTokenizer("token-language", new { k = 2 }).Vocabulary.Count;
        backbone = bench.UseBackbone("numeric-gpt",
            new { layers = 3, width = 32, attentionHeads = 4, maxPositions = 150, initializerRange = 0.2 });
        incremental = (IIncremental)backbone;
        head = bench.Build<Head>("token-head");
        backbone.eval();
        head.eval();
    }

    public void Dispose()
    {
        backbone.Dispose();
        head.Dispose();
    }

    private static Batch MakeBatch(long[][] rows, int from, int to, bool numbers)
    {
        var columns = to - from;
        var real = rows.Select(r => Math.Clamp(r.Length - from, 0, columns)).ToArray();
        var ids = rows.SelectMany((r, b) => Enumerable.Range(0, columns).Select(t => t < real[b] ? r[from + t] : 20L)).ToArray();
        var mask = rows.SelectMany((_, b) => Enumerable.Range(0, columns).Select(t => t < real[b])).ToArray();
        var batch = new Batch([.. rows.Select(_ => new Sample("x", "A"))], []) { Tokens = ids.Length, RealTokens = mask.Count(m => m) }
            .Set(Keys.InputIds, tensor(ids, [rows.Length, columns])).Set(Keys.AttentionMask, tensor(mask, [rows.Length, columns]));
        return !numbers ? batch : batch
            .Set(Keys.Numbers, tensor(ids.Select(i => i / 10f).ToArray(), [rows.Length, columns]))
            .Set(Keys.NumberMask, tensor(ids.Select(i => i % 7 == 0).ToArray(), [rows.Length, columns]));
    }

    private Tensor Logits(BackboneOutput output, Batch batch) => head.Forward(output, batch);

    private long[] Row(SeededRandom random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.Next(vocabulary))];

    [Fact]
    public void Pieces_give_the_logits_of_the_whole()
    {
        var cases = from rows in Gen.Choose(1, 3)
                    from length in Gen.Choose(1, 150)
                    from pieces in Gen.Choose(1,
            6)
                    from seed in Gen.Choose(0, 9999)
                    select (rows, length, pieces, seed);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var random = new SeededRandom((ulong)c.seed);
            var rows = Enumerable.Range(0, c.rows).Select(_ => Row(random, c.length)).ToArray();
            using var whole = MakeBatch(rows, 0, c.length, c.seed % 2 == 0);
            var expected = Logits(backbone.Forward(whole, Capture.None), whole);
            var cuts = Enumerable.Range(0, c.pieces - 1).Select(_ => random.Next(0, c.length + 1)).Append(0).Append(c.length).Distinct()
                .Order().ToList();
            using var state = incremental.Start(whole);
            foreach (var (from, to) in cuts.Zip(cuts.Skip(1)))
            {
                using var piece = MakeBatch(rows, from, to, c.seed % 2 == 0);
                var actual = Logits(incremental.Continue(piece, state), piece);
                var difference = (expected.narrow(1, from, to - from) - actual).abs().max().item<float>();
                if (difference > 1e-5 * Math.Max(1, expected.abs().max().item<float>())) return false;
            }
            return state.Length == c.length && state.Rows == c.rows;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void Token_by_token_gives_the_logits_of_the_whole()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var random = new SeededRandom(4);
        long[][] rows = [Row(random, 70), Row(random, 70)];
        using var whole = MakeBatch(rows, 0, 70, numbers: false);
        var expected = Logits(backbone.Forward(whole, Capture.None), whole);
        using var state = incremental.Start(whole);
        for (var t = 0; t < 70; t++)
        {
            using var step = MakeBatch(rows, t, t + 1, numbers: false);
            Assert.True((expected.narrow(1, t, 1) - Logits(incremental.Continue(step, state), step)).abs().max().item<float>() < 1e-5);
        }
    }

    [Fact]
    public void Prompts_of_unequal_length_go_on_as_if_alone()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var random = new SeededRandom(9);
        long[][] prompts = [Row(random, 20), Row(random, 7), Row(random, 1)];
        long[][] rests = [Row(random, 10), Row(random, 10), Row(random, 10)];
        using var prompt = MakeBatch(prompts, 0, 20, numbers: false);
        using var state = incremental.Start(prompt);
        incremental.Continue(prompt, state);
        var steps = new List<Tensor>();
        for (var t = 0; t < 10; t++)
        {
            using var step = MakeBatch(rests, t, t + 1, numbers: false);
            steps.Add(Logits(incremental.Continue(step, state), step));
        }
        var actual = cat(steps, 1);
        for (var b = 0; b < 3; b++)
        {
            long[][] row = [[.. prompts[b], .. rests[b]]];
            using var alone = MakeBatch(row, 0, row[0].Length, numbers: false);
            var expected = Logits(backbone.Forward(alone, Capture.None), alone)[0].narrow(0, prompts[b].Length, 10);
            Assert.True((expected - actual[b]).abs().max().item<float>() < 1e-5);
        }
    }

    [Fact]
    public void Reordered_rows_go_on_from_their_own_past()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var random = new SeededRandom(11);
        long[][] prompts = [Row(random, 9), Row(random, 5)];
        int[] beams = [1, 0, 1];
        using var prompt = MakeBatch(prompts, 0, 9, numbers: false);
        using var state = incremental.Start(prompt);
        incremental.Continue(prompt, state);
        state.Reorder(tensor(beams.Select(b => (long)b).ToArray()));
        Assert.Equal(3, state.Rows);
        long[][] next = [[40], [41], [42]];
        using var step = MakeBatch(next, 0, 1, numbers: false);
        var actual = Logits(incremental.Continue(step, state), step);
        for (var n = 0; n < 3; n++)
        {
            long[][] row = [[.. prompts[beams[n]], next[n][0]]];
            using var alone = MakeBatch(row, 0, row[0].Length, numbers: false);
            var expected = Logits(backbone.Forward(alone, Capture.None), alone)[0, -1];
            Assert.True((expected - actual[n, 0]).abs().max().item<float>() < 1e-5);
        }
    }

    [Fact]
    public void Short_rows_have_room_once_the_longest_is_gone()
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(2);
        using var prompt = MakeBatch([Row(random, 150), Row(random, 3)], 0, 150, numbers: false);
        using var state = incremental.Start(prompt);
        incremental.Continue(prompt, state);
        state.Reorder(tensor(new[] { 1L }));
        using var step = MakeBatch([[40]], 0, 1, numbers: false);
        Assert.Equal([1, 1, 32], incremental.Continue(step, state)[StreamKey.Hidden].shape);
    }

    [Fact]
    public void Growing_beyond_the_positions_is_refused()
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(1);
        long[][] rows = [Row(random, 150)];
        using var prompt = MakeBatch(rows, 0, 150, numbers: false);
        using var state = incremental.Start(prompt);
        incremental.Continue(prompt, state);
        using var step = MakeBatch([[40]], 0, 1, numbers: false);
        Assert.Contains("151 tokens, but the model has 150 positions",
            Assert.Throws<UsageException>(() => incremental.Continue(step, state)).Message);
        Assert.Equal((150, StreamKey.Hidden, Keys.InputIds), (incremental.MaxGrown, incremental.Generates, incremental.Grows));
    }

    [Fact]
    public void Other_rows_than_the_states_are_refused()
    {
        using var scope = NewDisposeScope();
        using var one = MakeBatch([[40]], 0, 1, numbers: false);
        using var two = MakeBatch([[40], [41]], 0, 1, numbers: false);
        using var state = incremental.Start(one);
        Assert.Contains("2 rows", Assert.Throws<PluginException>(() => incremental.Continue(two, state)).Message);
    }
}
