using FsCheck;
using FsCheck.Fluent;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.ByteSeq2Seq.Attention;

namespace PluginHost.Plugins.Tests.ByteSeq2Seq;

using static TorchSharp.torch;

/// <summary>The tiles against attention written out as loops, over lengths, radii, block counts and padding.</summary>
[Collection(TorchCollection.Name)]
public sealed class AttentionTests
{
    private static Seq2SeqShape Shape(bool blocks, bool scale = true) =>
        new(6, 2, 3, 8, FeedForwardKind.GatedGelu, false, scale, 0, 0, 1e-6, 8, 20, blocks);

    private static SelfAttention Module(Seq2SeqShape shape)
    {
        var module = new SelfAttention(shape, first: true);
        using var _ = no_grad();
        foreach (var parameter in module.parameters()) parameter.copy_(randn(parameter.shape) * 0.5 + (parameter.dim() == 1 ? 1 : 0));
        return module;
    }

    /// <summary>The largest difference between the tiles and the loops.</summary>
    private static double Difference(int[] lengths, int radius, int blocks, int perBlock, bool causal, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        manual_seed((long)seed);
        var shape = Shape(blocks > 0 || perBlock > 0, scale: seed % 2 == 0);
        using var module = Module(shape);
        var longest = lengths.Max();
        var mask_BT = lengths.All(n => n == longest) ? null
            : tensor(lengths.SelectMany(n => Enumerable.Range(0, longest).Select(t => t < n ? 0f : Masks.Hidden)).ToArray(),
                [lengths.Length, longest]);
        var seen = causal ? (perBlock > 0 ? GlobalBlocks.OfTarget(longest, perBlock, CPU) : null)
            : blocks > 0 ? GlobalBlocks.OfInput(mask_BT, longest, blocks, CPU) : null;
        var hidden_BTD = randn(lengths.Length, longest, shape.Width);
        var plan = new AttentionPlan(shape, module.Positions, [radius], causal ? null : mask_BT, longest, causal, seen, whole: false);
        var tiles_BTD = module.Forward(hidden_BTD, plan, radius, null);
        Assert.True(tiles_BTD.isfinite().all().item<bool>());
        var naive = new NaiveAttention(shape, module, radius, blocks, perBlock, causal);
        var (inputs, outputs) = (hidden_BTD.data<float>().ToArray(), tiles_BTD.contiguous().data<float>().ToArray());
        int At(int b, int t, int d) => (b * longest + t) * shape.Width + d;
        var worst = 0.0;
        for (var b = 0; b < lengths.Length; b++)
        {
            var input = new double[lengths[b], shape.Width];
            for (var t = 0; t < lengths[b]; t++)
                for (var d = 0; d < shape.Width; d++) input[t, d] = inputs[At(b, t, d)];
            var expected = naive.Attend(input);
            for (var t = 0; t < lengths[b]; t++)
                for (var d = 0; d < shape.Width; d++) worst = Math.Max(worst, Math.Abs(expected[t, d] - outputs[At(b, t, d)]));
        }
        return worst;
    }

    [Fact]
    public void Tiles_equal_loops_over_random_shapes()
    {
        var random = new SeededRandom((ulong)DateTime.UtcNow.Ticks);
        for (var i = 0; i < 40; i++)
        {
            var causal = random.Next(2) == 0;
            int[] lengths = [random.Next(1, 160), random.Next(1, 160)];
            var (radius, blocks, perBlock) = (random.Next(1, 60), random.Next(0, 12), random.Next(0, 40));
            var seed = random.NextUInt64() >> 2;
            var difference = Difference(lengths, radius, causal ? 0 : blocks, causal ? perBlock : 0, causal, seed);
            Assert.True(difference < 2e-4, $"lengths {string.Join(", ", lengths)}, radius {radius}, blocks {blocks}, per block {perBlock}, "
                + $"causal {causal}, seed {seed}: {difference}");
        }
    }

    [Theory]
    // One tile less, exactly and more than whole tiles; radii at, below and above the narrowest tile; as many blocks as tokens.
    [InlineData(128, 32, 4, false)]
    [InlineData(127, 32, 5, false)]
    [InlineData(129, 32, 5, false)]
    [InlineData(160, 40, 7, false)]
    [InlineData(161, 40, 161, false)]
    [InlineData(150, 1, 3, false)]
    [InlineData(150, 31, 0, false)]
    [InlineData(150, 33, 200, false)]
    [InlineData(150, 149, 2, false)]
    [InlineData(150, 150, 2, false)]
    [InlineData(1, 3, 2, false)]
    [InlineData(128, 32, 32, true)]
    [InlineData(129, 32, 31, true)]
    [InlineData(127, 1, 128, true)]
    [InlineData(160, 40, 1, true)]
    [InlineData(161, 160, 20, true)]
    [InlineData(1, 1, 1, true)]
    public void Tiles_equal_loops_at_the_edges(int length, int radius, int blocks, bool causal)
    {
        Assert.InRange(Difference([length], radius, causal ? 0 : blocks, causal ? blocks : 0, causal, 3), 0, 2e-4);
        Assert.InRange(Difference([length, Math.Max(1, length - 33), 1], radius, causal ? 0 : blocks, causal ? blocks : 0, causal, 4), 0,
            2e-4);
    }

    [Fact]
    public void Every_key_of_a_tiling_is_the_token_its_offset_says() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from length in Gen.Choose(1, 400)
         from radius in Gen.Choose(1, 90)
         from causal in Gen.Elements(true, false)
         select (length, radius,
            causal)).ToArbitrary(),
        shape =>
        {
            using var scope = NewDisposeScope();
            var tiling = Tiling.For(shape.length, shape.radius, shape.causal);
            var keys = tiling.CutKeys(arange(shape.length, ScalarType.Float32).view(1, 1, shape.length, 1), -1).flatten().data<float>()
                .ToArray();
            for (var query = 0; query < shape.length; query++)
            {
                var (tile, place) = (query / tiling.Queries, query % tiling.Queries);
                var reached = Enumerable.Range(0, tiling.Keys)
                    .Where(k => Math.Abs(tiling.Offset(place, k)) <= shape.radius && (!shape.causal || tiling.Offset(place, k) <= 0))
                    .Select(k => (int)keys[tile * tiling.Keys + k]).Where(k => k >= 0).ToList();
                var (first, last) = (Math.Max(0, query - shape.radius),
                    Math.Min(shape.length - 1, shape.causal ? query : query + shape.radius));
                if (!reached.SequenceEqual(Enumerable.Range(first, last - first + 1))) return false;
            }
            return true;
        }));

    [Fact]
    public void Blocks_take_every_real_token_once_and_are_equal_within_one() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from length in Gen.Choose(1, 300)
         from real in Gen.Choose(1, length)
         from blocks in Gen.Choose(1, 40)
         select (length, real,
            blocks)).ToArbitrary(),
        shape =>
        {
            using var scope = NewDisposeScope();
            var mask = tensor(Enumerable.Range(0, shape.length).Select(t => t < shape.real ? 0f : Masks.Hidden).ToArray(),
                [1, shape.length]);
            var seen = GlobalBlocks.OfInput(mask, shape.length, shape.blocks, CPU);
            var sizes = seen.Sum(ones(1, shape.length, 1)).flatten().data<float>().ToArray();
            var used = Math.Min(shape.blocks, shape.real);
            return sizes.Sum() == shape.real && sizes.Take(used).Max() - sizes.Take(used).Min() <= 1 && sizes.Skip(used).All(s => s == 0)
                && seen.Hidden_BG!.flatten().data<float>().ToArray().Select((h, g) => h == 0 == g < used).All(ok => ok);
        }));

    [Theory]
    [InlineData(0, 32, 0)]
    [InlineData(-1, 32, 1)]
    [InlineData(7, 32, 23)]
    [InlineData(8, 32, 24)]
    [InlineData(-8, 32, 8)]
    [InlineData(-127, 32, 15)]
    [InlineData(-5000, 32, 15)]
    [InlineData(5000, 32, 31)]
    public void Buckets_are_T5s(int offset, int buckets, int expected) =>
        Assert.Equal(expected, RelativeBuckets.Of(offset, false, buckets, 128));

    [Fact]
    public void Causal_buckets_serve_one_side()
    {
        Assert.Equal([0, 1, 15, 16, 17, 31, 31],
            new[] { 0, -1, -15, -16, -20, -128, -9999 }.Select(o => RelativeBuckets.Of(o, true, 32, 128)));
        Assert.Equal(0, RelativeBuckets.Of(3, true, 32, 128));
    }

    [Fact]
    public void Memory_grows_linearly()
    {
        // One head's dense scores at 16,384 tokens alone are 1 GiB, and softmax and backward hold several times that.
        long Peak(int length)
        {
            // What earlier tests freed would hide what is used here.
            PluginHost.Torch.CpuMemory.EmptyCache();
            File.WriteAllText("/proc/self/clear_refs", "5");
            var before = PluginHost.Torch.Hardware.ResidentBytes;
            using var scope = NewDisposeScope();
            var shape = Shape(blocks: true) with { Heads = 1, HeadWidth = 8 };
            using var module = Module(shape);
            var plan = new AttentionPlan(shape, module.Positions, [64], null, length, false, GlobalBlocks.OfInput(null, length, 64, CPU),
                whole: false);
            module.Forward(randn(1, length, shape.Width, requires_grad: true), plan, 64, null).sum().backward();
            return PluginHost.Torch.Hardware.PeakResidentBytes - before;
        }
        Peak(1024);
        Assert.True(Peak(16_384) < 400L << 20);
    }
}
