using System.Globalization;
using System.Text.Json;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>Counts and cases of G-grams, on a small model.</summary>
public sealed class InterpretGGramTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-ggrams-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(ToolBench bench, params (string Name, object Value)[] options) =>
        bench.Run("interpret ggrams", folder, options.Any(o => o.Name == "input") ? options : [("input", "in.fa"), .. options]);

    private static List<string[]> Rows(string folder, string file) => ToolBench.Rows(folder, file);

    /// <summary>Every place of a sequence's tokens at which a G-gram of the file stands, however they lie over each other.</summary>
    private static List<(long Id, string Text, int First, int End)> ByHand(TrainedModel model, Sample sample)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "samples", "ggrams", "fly_bpe_1024.json")));
        var lexicon = file.RootElement.GetProperty("vocab").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64());
        var texts = model.Tokenizer.Encode(sample, new(40)).Ids.Select(id => model.Tokenizer.Vocabulary.Tokens[id]).ToArray();
        return [.. Enumerable.Range(0, texts.Length).SelectMany(t => Enumerable.Range(2, 4).Where(n => t + n <= texts.Length)
            .Select(n => (Text: string.Join(' ', texts[t..(t + n)]), First: t, End: t + n)))
            .Where(w => lexicon.ContainsKey(w.Text)).Select(w => (lexicon[w.Text], w.Text, w.First, w.End))];
    }

    [Fact]
    public void Counts_are_those_of_the_lexicon_matched_by_hand_in_each_split()
    {
        var model = TinyModel.Make("dnazen");
        var sets = Directory.CreateDirectory(Path.Combine(folder, "sets"));
        Dictionary<string, IReadOnlyList<Sample>> files = [];
        foreach (var (set, split, from) in (ReadOnlySpan<(string, string, int)>)[("a", "train", 0), ("a", "test", 4), ("b", "train", 6)])
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(sets.FullName, set)).FullName, $"{split}.csv");
            File.WriteAllText(file, "");
            var some = TinyModel.Sequences([.. Enumerable.Repeat(90, 10)])[from..(from + 2 + from / 3)];
            files[file] = [.. some, some[0] with { Id = "again", Sequence = some[0].Sequence[..45] + some[0].Sequence[..45] }];
        }
        var output = Run(new ToolBench(model, []) { Files = files }, ("input", sets.FullName), ("top", 5L));

        // A run keeps the checksums of what was read.
        var tool = RealHost.Components.Build<ITool>(new("interpret ggrams", new Dictionary<string, object?>
        {
            ["input"] = sets.FullName, ["output"] = "out",
        }), new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory));
        Assert.Equal(files.Keys.Order(), tool.Files.Order());

        var counts = Rows(output, "counts.tsv");
        Assert.Equal(["a train", "a test", "b train"], counts.Select(r => $"{r[0]} {r[1]}"));
        foreach (var (row, samples) in counts.Zip(files.Values))
        {
            var all = samples.Select(s => ByHand(model, s)).ToList();
            Assert.Equal([samples.Count, all.Sum(a => a.Count), all.SelectMany(a => a).Select(m => m.Id).Distinct().Count()],
                row[2..5].Select(c => int.Parse(c, CultureInfo.InvariantCulture)));
            Assert.True(all.Sum(a => a.Count) > 3);
            Assert.Equal(all.Average(a => a.Count), double.Parse(row[5], CultureInfo.InvariantCulture), 0.006);
            var frequencies = Rows(output, "frequencies.tsv").Where(f => f[0] == row[0] && f[1] == row[1]).ToList();
            Assert.Equal(all.SelectMany((a, n) => a.Select(m => (m.Id, m.Text, Sequence: n))).GroupBy(m => m.Id).ToDictionary(
                g => $"{g.Key}", g => $"{g.First().Text} {g.Count()} {g.Select(m => m.Sequence).Distinct().Count()}"),
                frequencies.ToDictionary(f => f[2], f => $"{f[3]} {f[4]} {f[6]}"));
            Assert.Contains(frequencies, f => f[4] != f[6]);
            Assert.Equal(1, frequencies.Sum(f => double.Parse(f[5], CultureInfo.InvariantCulture)), 1e-4);
        }
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(output, "frequencies.svg")));
    }

    [Fact]
    public void A_field_tells_data_sets_too()
    {
        var samples = TinyModel.Sequences(90, 90, 90).Select((s, n) => s with
        {
            Fields = new Dictionary<string, object> { ["species"] = n == 1 ? "fly" : "man" },
        }).ToList();
        Assert.Equal(["man 2", "fly 1"], Rows(Run(new ToolBench(TinyModel.Make("dnazen"), samples), ("by", "species")), "counts.tsv")
            .Select(r => $"{r[0]} {r[2]}"));
    }

    [Fact]
    public void Cases_have_their_places_and_the_attention_of_each_layer()
    {
        var model = TinyModel.Make("dnazen");
        var samples = TinyModel.Sequences(90, 40, 70)
            .Select(s => s with { Place = new("chr1", 100, 100 + s.Sequence.Length, '-') }).ToList();
        var rows = Rows(Run(new ToolBench(model, samples)), "cases.tsv");
        Assert.Equal(samples.Sum(s => ByHand(model, s).Count), rows.Count);
        foreach (var sample in samples)
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var encoding = model.Tokenizer.Encode(sample, new EncodeContext(40));
            var seen = new Seen();
            model.Backbone.Forward(Collation.Pad([sample], [encoding], 0), Capture.Reading(seen));
            var own = rows.Where(r => r[0] == sample.Id).ToList();
            var matches = ByHand(model, sample);
            Assert.Equal(matches.Count, own.Count);
            for (var g = 0; g < own.Count; g++)
            {
                var (start, end) = (encoding.Spans[matches[g].First].Start, encoding.Spans[matches[g].End - 1].End);
                var reverse = 100 + sample.Sequence.Length;
                Assert.Equal([$"{start}", $"{end}", "chr1", $"{reverse - end}", $"{reverse - start}", "-"], own[g][3..9]);
                Assert.Equal(own[g][2].Replace(" ", ""), sample.Sequence[start..end]);
                Assert.Equal(seen.Shares[g], double.Parse(own[g][9], CultureInfo.InvariantCulture), 1e-5);
            }
        }
    }

    [Fact]
    public void A_model_without_G_grams_is_refused()
    {
        var said = Assert.Throws<UsageException>(() => Run(new ToolBench(TinyModel.Make("dnabert"), TinyModel.Sequences(30))));
        Assert.Contains("its tokenizer finds no G-grams", said.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    /// <summary>Attention received, by the G-gram: over heads and over those that attend.</summary>
    private sealed class Seen : IAttentionReader
    {
        public List<double> Shares { get; } = [];

        public void Read(string stack, int layer, Tensor shares)
        {
            if (stack != "ggrams") return;
            for (var s = 0; s < shares.shape[3]; s++)
            {
                var sum = 0.0;
                for (var h = 0; h < shares.shape[1]; h++)
                    for (var q = 0; q < shares.shape[2]; q++) sum += shares[0, h, q, s].item<float>();
                Shares.Add(sum / shares.shape[1] / shares.shape[2]);
            }
        }
    }
}
