using System.Globalization;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>What tools of interpretation write, on small models.</summary>
public sealed class InterpretTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-interpret-").FullName;

    public static TheoryData<string> Families => [.. TinyModel.Families];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(string command, ToolBench bench, params (string Name, object Value)[] options) =>
        bench.Run(command, folder, [("input", "in.fa"), .. options]);

    [Theory]
    [MemberData(nameof(Families))]
    public void Attention_of_each_family_is_what_its_layer_holds(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(30, 12, 25);
        var rows = File.ReadLines(Path.Combine(Run("interpret attention", new ToolBench(model, samples), ("layer", 1L)), "maps.tsv"))
            .Where(l => l[0] != '#').Skip(1).Select(l => l.Split('\t')).ToList();
        Assert.Equal(samples.SelectMany(s => s.Sequence.Select((c, i) => $"{s.Id}\t{i}\t{c}")),
            rows.Select(r => $"{r[0]}\t{r[4]}\t{r[5]}"));
        foreach (var sample in samples)
        {
            var expected = ByHand(model, sample);
            var actual = rows.Where(r => r[0] == sample.Id)
                .Select(r => r[6].Length > 0 ? double.Parse(r[6], CultureInfo.InvariantCulture) : double.NaN).ToList();
            for (var i = 0; i < expected.Length; i++)
                Assert.True(double.IsNaN(expected[i]) ? double.IsNaN(actual[i]) : Math.Abs(expected[i] - actual[i]) < 1e-5,
                    $"{sample.Id} {i}: {expected[i]} and {actual[i]}");
        }
    }

    /// <summary>
    /// The first layer's attention, all of it kept, for one sequence alone: summed over heads, meant over the tokens of a base.
    /// </summary>
    private static double[] ByHand(TrainedModel model, Sample sample)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var encoding = model.Tokenizer.Encode(sample, new EncodeContext(40));
        using var batch = Collation.Pad([sample], [encoding], 0);
        var shares_HQS = model.Backbone.Forward(batch, Capture.Attentions).Attentions[0][0].to_type(ScalarType.Float32);
        var cls = model.Tokenizer.Vocabulary.Classification is { } id ? Array.IndexOf(encoding.Ids, id) : -1;
        var from = cls >= 0 ? [cls]
            : Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0).ToList();
        var received = Enumerable.Range(0, encoding.Ids.Length)
            .Select(s => from.Average(q => (double)shares_HQS[TensorIndex.Colon, q, s].sum().item<float>())).ToList();
        return [.. Enumerable.Range(0, sample.Sequence.Length).Select(i => Enumerable.Range(0, encoding.Ids.Length)
            .Where(t => encoding.Spans[t].Start <= i && i < encoding.Spans[t].End).Select(t => received[t])
            .DefaultIfEmpty(double.NaN).Average())];
    }

    [Theory]
    [InlineData("layer", 3L, "has 2 layers with attention; give 1 to 2.")]
    [InlineData("head", 3L, "has 2 heads a layer.")]
    public void What_a_model_has_not_is_said_in_one_sentence(string option, object value, string said)
    {
        var bench = new ToolBench(TinyModel.Make("dnabert"), TinyModel.Sequences(30));
        Assert.EndsWith(said, Assert.Throws<UsageException>(() => Run("interpret attention", bench, (option, value))).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private const string Planted = "TGACGTCA";

    /// <summary>
    /// Random sequences, half of them with a word at a known place; scores that point at it; labels that may be shuffled.
    /// </summary>
    private (Sample[] Samples, string Scores) Cases(bool shuffled)
    {
        var random = new SeededRandom(11);
        List<Sample> samples = [];
        var scores = Path.Combine(folder, $"{Guid.NewGuid():N}.tsv");
        using var table = new StreamWriter(scores);
        table.WriteLine("id\tposition\tscore");
        foreach (var (sample, n) in TinyModel.Sequences([.. Enumerable.Repeat(60, 120)]).Select((s, n) => (s, n)))
        {
            var isPlanted = n % 2 == 0;
            var at = 10 + (int)random.Next(30);
            var bases = isPlanted ? sample.Sequence[..at] + Planted + sample.Sequence[(at + Planted.Length)..] : sample.Sequence;
            var label = (shuffled ? random.Next(2) == 0 : isPlanted) ? "1" : "0";
            samples.Add(sample with { Sequence = bases, Fields = new Dictionary<string, object> { ["label"] = label } });
            for (var i = 0; i < bases.Length; i++)
                table.WriteLine($"{sample.Id}\t{i}\t{(i >= at && i < at + Planted.Length ? 1 : 0.01)}");
        }
        return ([.. samples], scores);
    }

    [Fact]
    public void A_planted_motif_is_found_with_its_width_and_consensus_at_its_places()
    {
        var (samples, scores) = Cases(shuffled: false);
        var known = Path.Combine(folder, "known.txt");
        File.WriteAllText(known, ">CRE\nA [ 0 0 9 0 0 0 0 9 ]\nC [ 0 0 0 9 0 0 9 0 ]\nG [ 0 9 0 0 9 0 0 0 ]\nT [ 9 0 0 0 0 9 0 0 ]\n"
            + ">other\nA [ 9 9 9 9 9 9 ]\nC [ 0 0 0 0 0 0 ]\nG [ 0 0 0 0 0 0 ]\nT [ 0 0 0 0 0 0 ]\n");
        var output = Run("interpret motifs", new ToolBench(TinyModel.Make("dnabert"), samples), ("class", "1"), ("scores", scores),
            ("compare", known));
        var rows = File.ReadLines(Path.Combine(output, "motifs.tsv")).Skip(1).Select(l => l.Split('\t')).ToList();
        Assert.Equal(Planted, Assert.Single(rows)[1]);
        Assert.Equal($"{Planted.Length}", rows[0][2]);
        foreach (var site in File.ReadLines(Path.Combine(output, "sites.tsv")).Skip(2).Select(l => l.Split('\t')))
        {
            var (start, end) = (int.Parse(site[2], CultureInfo.InvariantCulture), int.Parse(site[3], CultureInfo.InvariantCulture));
            Assert.Equal(Planted, samples.Single(s => s.Id == site[1]).Sequence[start..end]);
        }
        Assert.StartsWith("motif-1\tCRE\t", File.ReadLines(Path.Combine(output, "known.tsv")).Skip(1).First());
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(output, "report.html")));
    }

    [Fact]
    public void Positions_of_scores_are_those_that_motifs_read()
    {
        var samples = TinyModel.Sequences(20, 17);
        var table = File.ReadLines(Path.Combine(Run("interpret attribute", new ToolBench(TinyModel.Make("windowed"), samples),
            ("method", new List<object?> { "gradient" }), ("check", 0L), ("logos", 0L)), "scores.tsv")).Where(l => l[0] != '#').ToList();
        var names = table[0].Split('\t').ToList();
        var (id, position, letter) = (names.IndexOf("id"), names.IndexOf("position"), names.IndexOf("base"));
        Assert.Equal(samples.SelectMany(s => s.Sequence.Select((c, i) => $"{s.Id}\t{i}\t{c}")),
            table[1..].Select(l => l.Split('\t')).Select(c => $"{c[id]}\t{c[position]}\t{c[letter]}"));
    }

    /// <summary>Attention knows no head, so shuffling those leaves it as it is; a layer's own attention it does not leave.</summary>
    [Fact]
    public void Shuffling_stage_by_stage_changes_what_lies_above_and_the_weights_come_back()
    {
        var (model, samples) = (TinyModel.Make("windowed"), TinyModel.Sequences(24, 20, 22));
        var before = model.Backbone.parameters().Select(p => p.detach().flatten().data<float>().ToArray()).ToList();
        var output = Run("interpret attribute", new ToolBench(model, samples),
            ("method", new List<object?> { "gradient", "attention" }), ("logos", 0L), ("cascade", true), ("table", "csv"));
        var rows = File.ReadLines(Path.Combine(output, "shuffled.tsv")).Skip(1).Select(l => l.Split('\t')).ToList();
        Assert.Equal(["heads", "layer 2", "layer 1", "the rest"], rows.Select(r => r[0]).Distinct());
        Assert.Equal("1.000", rows.Single(r => r[0] == "heads" && r[1] == "attention")[2]);
        Assert.NotEqual("1.000", rows.Single(r => r[0] == "heads" && r[1] == "gradient")[2]);
        Assert.All(rows.Where(r => r[0] != "heads"), r => Assert.NotEqual("1.000", r[2]));
        Assert.All(rows, r => Assert.Equal("3", r[4]));
        Assert.Equal(before, model.Backbone.parameters().Select(p => p.detach().flatten().data<float>().ToArray()));
        Assert.Equal(66, File.ReadLines(Path.Combine(output, "scores.csv")).Count(l => l[0] == 's'));
        Assert.Single(File.ReadLines(Path.Combine(output, "agreement.tsv")).Skip(1));
    }

    [Fact]
    public void Shuffled_labels_have_no_motif()
    {
        var (samples, scores) = Cases(shuffled: true);
        var output = Run("interpret motifs", new ToolBench(TinyModel.Make("dnabert"), samples), ("class", "1"), ("scores", scores));
        Assert.Single(File.ReadLines(Path.Combine(output, "motifs.tsv")));
    }

    [Fact]
    public void What_motifs_cannot_be_found_in_is_said_in_one_sentence()
    {
        var (samples, scores) = Cases(shuffled: false);
        var rna = Path.Combine(folder, "rna.meme");
        File.WriteAllText(rna, "MEME version 4\n\nALPHABET= ACGU\n");
        string Refused(params (string, object)[] options) => Assert.Throws<DataException>(() => Run("interpret motifs",
            new ToolBench(TinyModel.Make("dnabert"), samples), [("scores", scores), .. options])).Message;
        Assert.Contains("the alphabet is not ACGT", Refused(("class", "1"), ("compare", rna)));
        Assert.Contains("No sequence has label = 2; there are: 0, 1.", Refused(("class", "2")));
        Assert.Contains("has no field 'kind'", Refused(("class", "1"), ("by", "kind")));
        Assert.Contains("has a region of 50 bases that stands out", Refused(("class", "1"), ("shortest", 50L)));
        Assert.DoesNotContain(Directory.GetDirectories(folder), _ => true);
    }
}
