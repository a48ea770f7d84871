using System.Globalization;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>What a decoder's places look at, on a small model, beside whole forward passes by hand.</summary>
public sealed class InterpretDecoderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-decoder-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(ToolBench bench, params (string Name, object Value)[] options) =>
        bench.Run("interpret decoder", folder, [("input", "in.fa"), .. options]);

    /// <summary>Mean over heads of a stack's shares in a layer, axes Q S, and the scores of each place, for one sequence alone.</summary>
    private static (float[,] Shares, int[] Best) Forward(TrainedModel model, Sample sample, IReadOnlyList<int> target, string stack,
        int layer)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var encoding = model.Tokenizer.Encode(sample, new EncodeContext());
        var batch = Collation.Pad([sample], [encoding], 0);
        batch.Set(Keys.DecoderIds, tensor(target.SkipLast(1).Prepend(0).Select(i => (long)i).ToArray(), [1, target.Count]));
        var reader = new Whole(stack, layer);
        var output = model.Backbone.Forward(batch, Capture.Reading(reader));
        var best = model.Heads.Values.Single().Forward(output, batch)[0].argmax(1).data<long>().ToArray().Select(i => (int)i).ToArray();
        return (reader.Mean!, best);
    }

    private static Sample[] WithTargets(params string[] targets) => [.. TinyModel.Sequences([.. targets.Select((_, i) => 14 - 3 * i)])
        .Zip(targets, (s, t) => s with { Fields = new Dictionary<string, object> { ["child"] = t } })];

    private static double Number(string cell) => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("cross", 0)]
    [InlineData("decoder", 1)]
    public void Each_written_base_looks_where_its_layer_says(string stack, int shift)
    {
        var model = TinyModel.Make("enbed");
        var samples = WithTargets("ACGTTGCA", "GGCA", "TTTTTTTTTAA");
        var output = Run(new ToolBench(model, samples), ("stack", stack), ("target", "child"), ("layer", 2L));
        var looks = ToolBench.Rows(output, "looks.tsv");
        Assert.Equal(samples.SelectMany(s => $"{s.Fields["child"]}".Select((c, w) => $"{s.Id}\t{w}\t{c}")),
            looks.Select(r => string.Join('\t', r[..3])));
        foreach (var (sample, n) in samples.Select((s, n) => (s, n)))
        {
            var target = model.Tokenizer.Encode(sample with { Sequence = $"{sample.Fields["child"]}" }, new()).Ids;
            var shares_QS = Forward(model, sample, target, stack, 1).Shares;
            var bases = target.Length - 1;
            var seen = stack == "cross" ? sample.Sequence : $"{sample.Fields["child"]}";
            var rows = ToolBench.Rows(output, $"shares-{n + 1}.tsv");
            for (var w = 0; w < bases; w++)
            {
                var sum = 0.0;
                for (var s = 0; s < shares_QS.GetLength(1); s++) sum += shares_QS[w, s];
                Assert.Equal(1, sum, 1e-5);
                // The decoder's last base is never read: the place behind it is that of the end.
                for (var l = 0; l < seen.Length && l + shift < shares_QS.GetLength(1); l++)
                    Assert.Equal(shares_QS[w, l + shift], Number(rows[w][2 + l]), 1e-4);
                var row = looks.Single(r => r[0] == sample.Id && r[1] == $"{w}");
                var most = Enumerable.Range(0, seen.Length).Where(l => l + shift < shares_QS.GetLength(1))
                    .MaxBy(l => shares_QS[w, l + shift]);
                if (shares_QS[w, most + shift] == 0)
                {
                    // The first base has nothing before it.
                    Assert.Equal("", row[3]);
                    continue;
                }
                Assert.Equal(($"{most}", $"{seen[most]}"), (row[3], row[4]));
                Assert.Equal(shares_QS[w, most + shift], Number(row[5]), 1e-5);
            }
        }
    }

    [Fact]
    public void What_the_model_writes_is_what_whole_passes_say()
    {
        var model = TinyModel.Make("enbed");
        var samples = TinyModel.Sequences(12, 9);
        var output = Run(new ToolBench(model, samples), ("maxTokens", 6L));
        var looks = ToolBench.Rows(output, "looks.tsv");
        foreach (var sample in samples)
        {
            List<int> written = [];
            var end = model.Tokenizer.Vocabulary.Separator!.Value;
            while (written.Count < 6 && (written.Count == 0 || written[^1] != end))
                written.Add(Forward(model, sample, [.. written, 0], "cross", 1).Best[^1]);
            Assert.Equal(model.Tokenizer.Decode([.. written]), string.Concat(looks.Where(r => r[0] == sample.Id).Select(r => r[2])));
        }
    }

    [Fact]
    public void Targets_may_have_a_file_of_their_own_and_the_figures_are_counted_by_hand()
    {
        var model = TinyModel.Make("enbed");
        var samples = WithTargets("ACGT", "GGCA");
        Sample[] targets = [.. samples.Reverse().Select(s => new Sample(s.Id, $"{s.Fields["child"]}"))];
        var bench = new ToolBench(model, samples) { Files = new Dictionary<string, IReadOnlyList<Sample>> { ["children.fa"] = targets } };
        var output = Run(bench, ("targetFile", "children.fa"));
        var rows = ToolBench.Rows(output, "looks.tsv");
        Assert.Equal("ACGTGGCA", string.Concat(rows.Select(r => r[2])));
        Assert.Equal(rows.Select(r => r[5]), ToolBench.Rows(Run(bench, ("target", "child")), "looks.tsv").Select(r => r[5]));
        var summary = ToolBench.Rows(output, "summary.tsv").ToDictionary(r => r[0], r => r[1]);
        Assert.Equal("8", summary["bases written"]);
        Assert.Equal(rows.Average(r => Number(r[5])), Number(summary["mean share of the base looked at most"]), 1e-3);
        Assert.Equal(rows.Count(r => r[1] == r[3]) / 8.0, Number(summary["bases that look at their own place"]), 1e-3);
        Assert.True(File.Exists(Path.Combine(output, "heat-1.svg")));
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(output, "report.html")));
    }

    [Theory]
    [InlineData("enbed", "layer", 3L, "has 2 decoder layers.")]
    [InlineData("enbed", "head", 3L, "has 2 heads a layer.")]
    [InlineData("enbed", "target", "kind", "there is no field 'kind' with a target")]
    [InlineData("dnabert", "layer", 1L, "cannot write token by token")]
    [InlineData("dnabert", "target", "itself", "has no decoder beside an encoder")]
    public void What_cannot_be_shown_is_said_in_one_sentence(string family, string option, object value, string said)
    {
        var bench = new ToolBench(TinyModel.Make(family), TinyModel.Sequences(12));
        var failure = Assert.ThrowsAny<HostException>(() => Run(bench, (option, value)));
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private sealed class Whole(string stack, int layer) : IAttentionReader
    {
        public float[,]? Mean { get; private set; }

        public void Read(string stackRead, int layerRead, Tensor shares)
        {
            if (stackRead != stack || layerRead != layer) return;
            var (heads, queries, keys) = ((int)shares.shape[1], (int)shares.shape[2], (int)shares.shape[3]);
            var flat = shares.to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
            Mean = new float[queries, keys];
            for (var i = 0; i < flat.Length; i++) Mean[i / keys % queries, i % keys] += flat[i] / heads;
        }
    }
}
