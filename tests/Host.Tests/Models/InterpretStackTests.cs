using System.Globalization;
using Parquet;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>Attention of decoders and G-grams, landscapes and formats, on small models.</summary>
public sealed class InterpretStackTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-stacks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(ToolBench bench, params (string Name, object Value)[] options) =>
        bench.Run("interpret attention", folder, [("input", "in.fa"), .. options]);

    private static List<string[]> Rows(string folder, string file = "maps.tsv") => ToolBench.Rows(folder, file);

    private static double Number(string cell) => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>The first layer's attention in a stack, of one sequence alone, summed over heads: axes Q S.</summary>
    private static double[,] Shares(TrainedModel model, Sample sample, string stack, out EncodedSequence encoding)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        encoding = model.Tokenizer.Encode(sample, new EncodeContext(40));
        var batch = Collation.Pad([sample], [encoding], 0);
        if (stack is "decoder" or "cross")
            batch.Set(Keys.DecoderIds, tensor(
                encoding.Ids[..^1].Prepend(model.Tokenizer.Vocabulary.Pad ?? 0).Select(i => (long)i).ToArray(), [1, encoding.Ids.Length]));
        var reader = new First(stack);
        var output = model.Backbone.Forward(batch, Capture.Reading(reader));
        if (stack is "decoder" or "cross") _ = output[StreamKey.Decoder];
        return reader.Summed!;
    }

    [Theory]
    [InlineData("cross", 0)]
    [InlineData("decoder", 1)]
    public void A_decoder_s_attention_is_that_of_its_places_to_what_they_read(string stack, int shift)
    {
        var model = TinyModel.Make("enbed");
        var samples = TinyModel.Sequences(30, 12, 25);
        var all = Rows(Run(new ToolBench(model, samples), ("stack", stack), ("layer", 1L)));
        var one = Rows(Run(new ToolBench(model, samples), ("stack", stack), ("layer", 1L), ("base", 5L)));
        foreach (var sample in samples)
        {
            var shares_QS = Shares(model, sample, stack, out var encoding);
            List<int> bases = [.. Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0)];
            // A token a base: place t predicts base t of bases, and in the decoder place t + 1 reads it.
            for (var i = 0; i < sample.Sequence.Length; i++)
            {
                var s = bases[i] + shift;
                var isRead = s < shares_QS.GetLength(1);
                double Written(List<string[]> rows) => Number(rows.Where(r => r[0] == sample.Id).ToList()[i][6]);
                Assert.Equal(isRead ? bases.Average(q => shares_QS[q, s]) : double.NaN, Written(all), 1e-5);
                Assert.Equal(isRead ? shares_QS[bases[5], s] : double.NaN, Written(one), 1e-5);
            }
        }
    }

    [Fact]
    public void Attention_of_G_grams_is_spread_over_their_bases()
    {
        var model = TinyModel.Make("dnazen");
        var samples = TinyModel.Sequences(90, 40, 70);
        var rows = Rows(Run(new ToolBench(model, samples), ("stack", "ggrams")));
        var known = 0;
        foreach (var sample in samples)
        {
            var shares_GG = Shares(model, sample, "ggrams", out var encoding);
            var ranges_OS = (long[,])encoding.Attached.Single(a => a.Key.Name == "ggram_ranges").Value;
            for (var i = 0; i < sample.Sequence.Length; i++)
            {
                List<double> over = [];
                for (var o = 0; o < ranges_OS.GetLength(0); o++)
                {
                    var (start, end) = (encoding.Spans[ranges_OS[o, 1]].Start, encoding.Spans[ranges_OS[o, 2] - 1].End);
                    if (start <= i && i < end)
                        over.Add(Enumerable.Range(0, shares_GG.GetLength(0)).Average(q => shares_GG[q, ranges_OS[o, 0]]));
                }
                known += over.Count;
                Assert.Equal(over.DefaultIfEmpty(double.NaN).Average(), Number(rows.Where(r => r[0] == sample.Id).ToList()[i][6]), 1e-5);
            }
        }
        Assert.True(known > 20);
    }

    [Theory]
    [InlineData("dnazen", "cross", "shows no attention of 'cross', but of: ggrams, tokens.")]
    [InlineData("enbed", "ggrams", "its tokenizer finds no G-grams; give a model with the tokenizer 'ggram', as DNAZEN's.")]
    [InlineData("enbed", "decoder", "")]
    public void A_stack_that_is_not_there_is_refused_and_the_others_named(string family, string stack, string said)
    {
        var bench = new ToolBench(TinyModel.Make(family), TinyModel.Sequences(30));
        if (said.Length == 0) Assert.NotEmpty(Rows(Run(bench, ("stack", stack))));
        else Assert.EndsWith(said, Assert.Throws<UsageException>(() => Run(bench, ("stack", stack))).Message);
    }

    [Fact]
    public void A_landscape_has_the_interval_of_each_mean_and_classes_that_the_model_predicts()
    {
        var model = TinyModel.Make("windowed");
        var samples = TinyModel.Sequences(20, 20, 20, 20, 20, 20, 20, 20);
        var output = Run(new ToolBench(model, samples), ("by", "predicted"), ("site", 2L), ("around", 1L));
        var maps = Rows(output).GroupBy(r => r[0]).ToDictionary(g => g.Key, g => g.Select(r => Number(r[6])).ToList());
        var landscape = Rows(output, "landscape.tsv");
        var predicted = samples.ToDictionary(s => s.Id, s => Predicted(model, s));
        Assert.Equal(predicted.Values.Distinct().Order(), landscape.Select(r => r[0]).Distinct());
        foreach (var row in landscape)
        {
            var at = int.Parse(row[1], CultureInfo.InvariantCulture) + 10;
            var values = predicted.Where(p => p.Value == row[0]).Select(p => maps[p.Key][at]).ToList();
            var mean = values.Average();
            Assert.Equal(mean, Number(row[2]), 1e-5);
            if (values.Count < 2) continue;
            var half = 1.96 * Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count);
            Assert.Equal(mean - half, Number(row[3]), 1e-5);
            Assert.Equal(mean + half, Number(row[4]), 1e-5);
        }
        foreach (var row in Rows(output, "summary.tsv"))
            Assert.Equal(predicted.Where(p => p.Value == row[0]).Sum(p => maps[p.Key][11..14].Sum())
                / predicted.Where(p => p.Value == row[0]).Sum(p => maps[p.Key].Sum()), Number(row[3]), 1e-4);
    }

    private static string Predicted(TrainedModel model, Sample sample)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var encoding = model.Tokenizer.Encode(sample, new EncodeContext(60));
        var batch = Collation.Pad([sample], [encoding], 0);
        var scores_BC = model.Predict(model.Forward(batch), batch)[model.Heads.Keys.Single()];
        return $"{scores_BC.argmax(1).item<long>()}";
    }

    [Fact]
    public void A_base_that_sequences_have_is_mapped_and_one_beyond_them_is_refused()
    {
        var bench = new ToolBench(TinyModel.Make("dnabert"), TinyModel.Sequences(38));
        Assert.Equal(38, Rows(Run(bench, ("base", 36L))).Count);
        Assert.EndsWith("has no token over it; its 38 bases are counted from 0.",
            Assert.Throws<DataException>(() => Run(bench, ("base", 38L))).Message);
    }

    [Fact]
    public async Task Maps_are_written_as_Parquet_and_JSON_with_places_on_a_genome()
    {
        var samples = TinyModel.Sequences(12).Select(s => s with { Place = new("chr2", 50, 62, '-') }).ToList();
        ToolBench Bench() => new(TinyModel.Make("dnabert"), samples);
        var rows = Rows(Run(Bench()));
        Assert.Equal(["s0", "chr2", "61", "-", "0"], rows[0][..5]);

        await using var file = File.OpenRead(Path.Combine(Run(Bench(), ("table", "parquet")), "maps.parquet"));
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["id", "chromosome", "start", "strand", "position", "base", "attention"], reader.Schema.Fields.Select(f => f.Name));
        Assert.Equal(rows.Count, reader.RowGroups.Sum(g => g.RowCount));

        var json = File.ReadAllLines(Path.Combine(Run(Bench(), ("table", "jsonl")), "maps.jsonl"));
        Assert.Equal(rows.Count, json.Length);
        Assert.Contains("\"start\":60", json[1]);
    }

    [Fact]
    public void A_plot_of_heads_draws_the_strongest_twentieth_unless_a_threshold_is_given()
    {
        ToolBench Bench() => new(TinyModel.Make("dnabert"), TinyModel.Sequences(40));
        int Lines(string output) => File.ReadAllText(Path.Combine(output, "heads-1.svg")).Split("<line ").Length - 1;
        // 2 heads and 40 bases; the shares of neighbouring bases are the same where one token alone covers them.
        Assert.InRange(Lines(Run(Bench())), 4, 6);
        Assert.Equal(80, Lines(Run(Bench(), ("threshold", 0.0))));
        Assert.Equal(0, Lines(Run(Bench(), ("threshold", 1.0))));
    }

    private sealed class First(string stack) : IAttentionReader
    {
        public double[,]? Summed { get; private set; }

        public void Read(string read, int layer, Tensor shares)
        {
            if (read != stack || layer > 0) return;
            Summed = new double[shares.shape[2], shares.shape[3]];
            for (var h = 0; h < shares.shape[1]; h++)
                for (var q = 0; q < shares.shape[2]; q++)
                    for (var s = 0; s < shares.shape[3]; s++) Summed[q, s] += shares[0, h, q, s].item<float>();
        }
    }
}
