using System.Globalization;
using System.Text.Json;
using Parquet;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>What saturation mutagenesis writes of models that predict tokens, and in which formats.</summary>
public sealed class SaturationTests : IDisposable
{
    // Equal neighbours, so that several deletions leave the same sequence.
    private const string Dna = "ACGTTTGCAAGGTCAT";

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-saturation-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(TrainedModel model, Sample sample, params (string Name, object Value)[] options) =>
        new ToolBench(model, [sample]).Run("variants saturate", folder, [("input", "in.fa"), .. options]);

    private static ITool Tool(string output, (string Name, object Value)[] options) =>
        ToolBench.Tool("variants saturate", output, [("input", "in.fa"), .. options]);

    private static List<string[]> Rows(string output) => ToolBench.Rows(output, "mutations.tsv");

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>By a whole forward pass for each sequence, every position's logits, and nothing of the tool's.</summary>
    [Theory]
    [InlineData("dnabert", 4096)]
    [InlineData("dnabert-2", 4096)]
    [InlineData("genomics-fm", 30)]
    [InlineData("dnagpt", 4096)]
    [InlineData("dnagpt", 40)]
    public void Likelihoods_are_those_of_whole_passes(string family, int batchTokens)
    {
        var model = TinyModel.Make(family);
        var output = Run(model, new("s", Dna), ("batchTokens", (long)batchTokens));
        var causal = family == "dnagpt";
        var rows = Rows(output);
        Assert.Equal(Dna.Length * 3 + (causal ? Dna.Length - 1 : 0), rows.Count);
        Assert.Contains(rows, r => Math.Abs(Number(r[10])) > 0.01);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        foreach (var row in rows)
        {
            var at = int.Parse(row[4], CultureInfo.InvariantCulture);
            var (wild, mutant) = row[6] == "-" ? (Dna[..^1], Dna.Remove(at, 1)) : (Dna, Dna[..at] + row[6] + Dna[(at + 1)..]);
            Assert.Equal($"{Dna[at]}", row[5]);
            var (before, after) = (LogP(wild, at), LogP(mutant, at));
            Assert.True(Math.Abs(after - before - Number(row[10])) < 2e-4, $"{at} {row[6]}: {after - before} by hand, {row[10]} written");
            Assert.True(Math.Abs(after - Number(row[9])) < 2e-4, $"{at} {row[6]}: {after} by hand, {row[9]} written");
        }

        double LogP(string sequence, int at)
        {
            var encoding = model.Tokenizer.Encode(new("s", sequence), new EncodeContext(40) { Scoring = true });
            var asked = Enumerable.Range(0, encoding.Ids.Length).Where(t => causal ? t > 0 && encoding.Spans[t].Length > 0
                : encoding.Spans[t].Start <= at && at < encoding.Spans[t].End).ToList();
            var ids = (int[])encoding.Ids.Clone();
            if (!causal) foreach (var t in asked) ids[t] = model.Tokenizer.Vocabulary.Mask!.Value;
            using var batch = Collation.Pad([new("s", sequence)], [encoding.WithIds(ids)], 0);
            var of_BTV = model.Predict(model.Forward(batch), batch)[model.Heads.Keys.Single()].log_softmax(-1);
            return asked.Sum(t => of_BTV[0, causal ? t - 1 : t][encoding.Ids[t]].item<float>());
        }
    }

    [Theory]
    [InlineData("dnabert")]
    [InlineData("dnagpt")]
    public void Both_strands_are_the_mean_of_the_sequence_and_of_its_reverse_complement(string family)
    {
        var model = TinyModel.Make(family);
        (string, object) substitutions = ("noDeletions", true);
        var both = Rows(Run(model, new("s", Dna), substitutions, ("bothStrands", true)));
        var forward = Rows(Run(model, new("s", Dna), substitutions));
        var reverse = Rows(Run(model, new("s", Iupac.ReverseComplement(Dna)), substitutions))
            .ToDictionary(r => (Dna.Length - 1 - int.Parse(r[4], CultureInfo.InvariantCulture), Iupac.ReverseComplement(r[6])));
        foreach (var (mean, one) in both.Zip(forward))
        {
            var other = reverse[(int.Parse(one[4], CultureInfo.InvariantCulture), one[6])];
            Assert.Equal((Number(one[10]) + Number(other[10])) / 2, Number(mean[10]), 4);
        }
        Assert.Contains(both.Zip(forward), p => Math.Abs(Number(p.First[10]) - Number(p.Second[10])) > 0.01);
    }

    [Fact]
    public async Task A_map_and_every_format_of_the_table_have_the_same_figures()
    {
        var model = TinyModel.Make("dnabert");
        var sample = new Sample("s", Dna) { Place = new("chr1", 100, 100 + Dna.Length, '-') };
        var rows = Rows(Run(model, sample));
        Assert.Equal(["chr1", "115", "-"], rows[0][1..4]);
        var (lines, parquet) = (Run(model, sample, ("table", "jsonl")), Run(model, sample, ("table", "parquet")));
        Assert.Equal(rows.Select(r => (double)(float)Number(r[10])), File.ReadLines(Path.Combine(lines, "mutations.jsonl"))
            .Select(l => (double)(float)JsonDocument.Parse(l).RootElement.GetProperty("difference").GetDouble()));
        await using var stream = File.OpenRead(Path.Combine(parquet, "mutations.parquet"));
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(reader.CustomMetadata, c => c.Value.Contains("ln p(alt) - ln p(ref)", StringComparison.Ordinal));
        Assert.Contains("mutations.parquet", File.ReadAllText(Path.Combine(parquet, "files.txt")), StringComparison.Ordinal);
        Assert.Contains("masked_llr", File.ReadAllText(Path.Combine(lines, "maps", "0001.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_come_first_where_a_model_has_some()
    {
        var output = Run(TinyModel.Make("windowed"), new("s", Dna));
        Assert.Contains("log_or = log2", File.ReadLines(Path.Combine(output, "mutations.tsv")).ElementAt(1), StringComparison.Ordinal);
        Assert.Equal(3 * (Dna.Length * 4 - 1), Rows(output).Count);
    }

    [Theory]
    [InlineData("windowed", "likelihood", null, "--score likelihood: tiny/windowed has no head that predicts the tokens")]
    [InlineData("dnabert", "outputs", null, "predicts tokens and nothing of a sequence")]
    [InlineData("dnabert", "likelihood", "1", "--class names an output")]
    [InlineData("enbed", null, null, "predicts tokens and nothing of a sequence")]
    public void What_a_model_lacks_is_said_before_any_work(string family, string? score, string? named, string said)
    {
        List<(string, object)> options = [];
        if (score is not null) options.Add(("score", score));
        if (named is not null) options.Add(("class", named));
        var tool = Tool(Path.Combine(folder, "none"), [.. options]);
        Assert.Contains(said, Assert.Throws<UsageException>(() => tool.Check(TinyModel.Make(family))).Message, StringComparison.Ordinal);
    }
}
