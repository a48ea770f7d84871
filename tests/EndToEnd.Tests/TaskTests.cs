using System.IO.Compression;

namespace PluginHost.EndToEnd.Tests;

/// <summary>
/// One short run for each kind of task on real fly DNA, each reloaded by another process that predicts the same bits from an RNA copy of
/// the test table.
/// </summary>
public sealed class TaskTests : IDisposable
{
    private const string TinyBert = "use: bert-encoder, layers: 2, width: 32, attentionHeads: 2, maxPositions: 512";
    private static readonly string[] tiny =
    [
        "--set", "architecture.layers=2", "--set", "architecture.width=32", "--set", "architecture.attentionHeads=2",
        "--set", "stages.finetune.train.epochs=0.5", "--set", "stages.evaluate.baselines=false",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-tasks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("tasks/multi-label", "fly_tasks/labels", "sequence", "auroc")]
    [InlineData("tasks/regression", "fly_tasks/introns", "sequence", "pearson")]
    [InlineData("tasks/splice-bases", "fly_tasks/bases", "sequence", "auprc")]
    [InlineData("tasks/pairs", "fly_tasks/pairs", "exon_end,intron_start", "mcc", "sequence=exon_end")]
    [InlineData("dnagpt/classify-small", "fly_splice", "sequence", "mcc")]
    [InlineData("dnagpt/regress-small", "fly_tasks/introns", "sequence", "pearson", "vectors={ position: [ intron_number, introns ] }")]
    [InlineData("dnagpt/multi-label-small", "fly_tasks/labels", "sequence", "auprc")]
    public void A_published_pipeline_ends_in_a_model_that_is_reloaded_to_the_bit(string pipeline, string table, string sequences,
        string metric, params string[] data)
    {
        Take(table);
        string[] more = pipeline.StartsWith("tasks/", StringComparison.Ordinal) ? ["--set", "architecture.feedForward=64"] : [];
        Host(["run", "--pipeline", Path.Combine(Repository.Root, "pipelines", pipeline + ".yaml"), "--output", "run", .. tiny, .. more,
            "--set", $"stages.finetune.data.folder={folder}"]).Expect(0, metric);

        Reloads(sequences, data);
    }

    [Theory]
    [InlineData("noise")]
    [InlineData("function", "stages.pretrain.train.steps=1", "stages.pretrain.train.evaluateSamples=4", "stages.pretrain.baselines=false")]
    public void ENBED_s_tasks_run_to_their_ends(string pipeline, params string[] more)
    {
        string[] set = ["architecture.width=16", "architecture.headWidth=4", "architecture.attentionHeads=2", "architecture.feedForward=32",
            "architecture.encoderLayers=1", "architecture.decoderLayers=1", "stages.finetune.train.epochs=0.02",
            "stages.evaluate.baselines=false", .. more];
        Host(["run", "--pipeline", Path.Combine(Repository.Root, "pipelines", "enbed", pipeline + ".yaml"), "--output", "run",
            .. set.SelectMany(s => (string[])["--set", s])]).Expect(0, "f1", "accuracy");
    }

    [Fact]
    public void Two_classes_with_balanced_weights_and_names_from_the_data()
    {
        Take("fly_splice", line => line.EndsWith(",0", StringComparison.Ordinal) || line.EndsWith(",1", StringComparison.Ordinal));
        Run($$"""
            tokenizer: { use: kmer, k: 3 }
            architecture: { {{TinyBert}} }
            stages:
              - finetune:
                  data: { use: table, folder: {{folder}} }
                  objective: { use: classify, weighting: balanced, baselineK: 3 }
                  train: { steps: 3, batchSize: 16 }
              - evaluate: { metrics: [ mcc, f1-binary, auroc ] }
            """).Expect(0, "f1-binary", "majority class", "3-mer logistic regression");

        Reloads("sequence");
    }

    [Fact]
    public void Promoters_of_20_kb_with_8_half_lives_in_columns()
    {
        var genome = Genome(8 * 20_000);
        string[] header = ["sequence", "expression", .. Enumerable.Range(1, 8).Select(i => $"half_{i}")];
        var random = new SeededRandom(3);
        var rows = Enumerable.Range(0, 8)
            .Select(i =>
            string.Join(',', [genome.Substring(20_000 * i, 20_000 - 700 * i), $"{random.NextNormal():0.000}",
                .. Enumerable.Range(0, 8).Select(_ => $"{random.NextNormal():0.000}")])).ToArray();
        foreach (var (split, from, count) in ((string, int, int)[])[("train", 0, 4), ("dev", 4, 2), ("test", 6, 2)])
            File.WriteAllLines(Path.Combine(folder, split + ".csv"), [string.Join(',', header), .. rows[from..(from + count)]]);
        Run($$"""
            tokenizer: { use: kmer, k: 6, stride: 6 }
            architecture: { use: windowed, pieces: 8, join: mean, inner: { {{TinyBert}} } }
            stages:
              - finetune:
                  data: { use: table, folder: {{folder}}, label: none }
                  objective: { use: regress, targets: expression, features: "half_*", featureWidth: 8, baselineK: 3 }
                  train: { steps: 2, batchSize: 2 }
              - evaluate: { metrics: [ mse ] }
            """).Expect(0, "features and 3-mer ridge");

        Reloads("sequence");
    }

    [Fact]
    public void Levels_of_1575_factors_by_tissue_from_a_table_of_their_own()
    {
        Take("fly_tasks/introns");
        var random = new SeededRandom(4);
        foreach (var file in Directory.GetFiles(folder, "*.csv"))
            File.WriteAllLines(file, File.ReadAllLines(file)
                .Select((line, i) => line + (i == 0 ? ",tissue" : i % 2 == 0 ? ",ovary" : ",brain")));
        File.WriteAllLines(Path.Combine(folder, "tissues.tsv"),
        [
            "tissue\t" + string.Join('\t', Enumerable.Range(1, 1575).Select(i => $"tf_{i}")),
            .. new[] { "brain", "ovary" }.Select(t =>
                $"{t}\t{string.Join('\t', Enumerable.Range(0, 1575).Select(_ => $"{random.NextDouble():0.000}"))}"),
        ]);
        var join = $$"""[ { path: {{Path.Combine(folder, "tissues.tsv")}}, on: tissue, vectors: { tf: "tf_*" } } ]""";
        Run($$"""
            tokenizer: { use: kmer, k: 3 }
            architecture: { {{TinyBert}} }
            stages:
              - finetune:
                  data: { use: table, folder: {{folder}}, label: none, join: {{join}} }
                  objective: { use: regress, targets: intron_length, transform: log10, features: tf, featureWidth: 8 }
                  train: { steps: 2, batchSize: 16 }
              - evaluate: { metrics: [ r2 ], baselines: false }
            """).Expect(0, "r2");

        Reloads("sequence", $"join={join}");
    }

    [Theory]
    [InlineData("fly_tasks/introns", "label: none", "use: regress, targets: intron_length", "test.csv:3",
        "the target 'intron_length' is missing or not a number (NaN)")]
    [InlineData("fly_tasks/introns", "label: none, vectors: { x: intron_length }", "use: regress, targets: introns, features: x",
        "test.csv:4", "the vector 'x' has 2 numbers, but 1 on line 2")]
    [InlineData("fly_splice", "label: label", "use: classify, labels: [ '0', '1', '2', nan ]", "test.csv:3",
        "the label 'nan' is in no training row")]
    public void Bad_rows_of_the_test_split_come_out_before_anything_is_written(string table, string data, string objective,
        params string[] said)
    {
        Take(table);
        var file = Path.Combine(folder, "test.csv");
        var lines = File.ReadAllLines(file);
        string[] cells = lines[2].Split(',');
        cells[1] = "nan";
        lines[2] = string.Join(',', cells);
        if (data.Contains("vectors", StringComparison.Ordinal))
        {
            cells = lines[3].Split(',');
            cells[1] = "1 2";
            lines[3] = string.Join(',', cells);
        }
        File.WriteAllLines(file, lines);
        Run($$"""
            tokenizer: { use: kmer, k: 3 }
            architecture: { {{TinyBert}} }
            stages:
              - finetune:
                  data: { use: table, folder: {{folder}}, {{data}} }
                  objective: { {{objective}} }
                  train: { steps: 2, batchSize: 16 }
              - evaluate: { }
            """).Expect(3, said);
        Assert.False(Directory.Exists(Path.Combine(folder, "run")), "a run folder was left behind");
    }

    /// <summary>
    /// Predicts from the model folder, the test table's sequences written as lower-case RNA, and compares with what the run itself
    /// predicted.
    /// </summary>
    private void Reloads(string sequences, params string[] data)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "test.csv"));
        var columns = lines[0].Split(',').Select((name, i) => (name, i)).Where(c => sequences.Split(',').Contains(c.name)).Select(c => c.i)
            .ToArray();
        File.WriteAllLines(Path.Combine(folder, "rna.csv"),
            lines.Select((line, n) => n == 0 ? line
            : string.Join(',', line.Split(',')
            .Select((cell, i) => columns.Contains(i) ? cell.ToLowerInvariant().Replace('t', 'u') : cell))));
        Host(["predict", Path.Combine("run", "model"), "rna.csv", "--output", "again.tsv", .. data.SelectMany(d => new[] { "--data", d })])
            .Expect(0);

        var (run, again) = (Read(Path.Combine("run", "predictions", "evaluate.tsv")), Read("again.tsv"));
        Assert.True(run.Count > 2);
        Assert.Equal(run, again);
        Assert.DoesNotContain(run.Skip(1), line => line.Contains("NaN", StringComparison.Ordinal));
    }

    /// <summary>A table without the column of true labels, which prediction does not know.</summary>
    private List<string> Read(string file)
    {
        var rows = File.ReadAllLines(Path.Combine(folder, file)).Select(line => line.Split('\t')).ToList();
        var label = Array.IndexOf(rows[0], "label");
        return [.. rows.Select(row => string.Join('\t', row.Where((_, i) => i != label)))];
    }

    private void Take(string table, Func<string, bool>? pass = null)
    {
        foreach (var (split, rows) in ((string, int)[])[("train", 64), ("dev", 16), ("test", 16)])
        {
            var lines = File.ReadLines(Repository.Sample([.. table.Split('/'), split + ".csv"]));
            File.WriteAllLines(Path.Combine(folder, split + ".csv"),
                lines.Take(1).Concat(lines.Skip(1).Where(pass ?? (_ => true)).Take(rows)));
        }
    }

    private static string Genome(int bases)
    {
        using var reader =
            new StreamReader(new GZipStream(File.OpenRead(Repository.Sample("genome", "chr2R.fa.gz")), CompressionMode.Decompress));
        var text = new System.Text.StringBuilder();
        while (text.Length < bases && reader.ReadLine() is { } line)
            if (!line.StartsWith('>')) text.Append(line);
        return text.ToString(0, bases);
    }

    private HostProcess.Result Run(string stages)
    {
        File.WriteAllText(Path.Combine(folder, "task.yaml"), $"name: task\nseed: 5\n{stages}");
        return Host("run", "--pipeline", "task.yaml", "--output", "run");
    }

    private HostProcess.Result Host(params string[] arguments) => HostProcess.Run(folder, [.. arguments, "--device", "cpu"]);
}
