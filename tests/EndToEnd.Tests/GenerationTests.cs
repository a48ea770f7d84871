using System.Globalization;
using System.Text.RegularExpressions;

namespace PluginHost.EndToEnd.Tests;

/// <summary>Models of the papers' families write: as a command and as a stage, to each format, after a kill, and in answer to
/// questions.</summary>
public sealed class GenerationTests
{
    private const string Gpt = "{ use: numeric-gpt, layers: 2, width: 16, attentionHeads: 2, maxPositions: 110, initializerRange: 0.3 }";
    private const string Sizes = "layers: 2, width: 16, attentionHeads: 2, feedForward: 32, initializerRange: 0.3";
    private const string Seq2Seq = "{ use: byte-seq2seq, width: 16, headWidth: 8, attentionHeads: 2, feedForward: 32, encoderLayers: 2, "
        + "decoderLayers: 2, radius: [ 4 ], globalBlocks: 4, maxTokens: 110, maxTargetTokens: 110 }";

    private static string Genome => $"{{ use: fasta, path: {Repository.Sample("genome", "chr2R.fa.gz")}, how: random, window: 100, "
        + "minLength: 20, samplesPerEpoch: 60, devShare: 0.02, species: fruit_fly }";

    private static string Pipeline(string name, string tokenizer, string architecture, string data, string objective, string more = "") =>
        $"""
        name: {name}
        seed: 3
        tokenizer: {tokenizer}
        architecture: {architecture}
        stages:
          - pretrain:
              data: {data}
              objective: {objective}
              train: {"{ precision: fp32, steps: 2, batchSize: 8 }"}
        {more}
        """;

    private static void Train(Workspace here, string text)
    {
        File.WriteAllText(here.Path("model.yaml"), text);
        here.Run("run", "--pipeline", "model.yaml", "--output", "r", "--device", "cpu").Expect(0);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static List<string[]> Rows(string file) =>
        [.. File.ReadAllLines(file).Where(l => l[0] != '#').Skip(1).Select(l => l.Split('\t'))];

    [Fact]
    public void A_causal_model_writes_fasta_after_its_species_as_a_command_and_as_a_stage()
    {
        using var here = new Workspace();
        Train(here, Pipeline("gpt", "{ use: token-language, k: 3, template: '{species} {sequence}' }", Gpt, Genome, "causal-lm",
            "  - generate: { count: 2, length: 60, output: written.fa, field: species=fruit_fly }"));
        here.Run("generate", "r", "--count", "2", "--length", "60", "--field", "species=fruit_fly", "--output", "written.fa")
            .Expect(0, "2 records by gpt/pretrain");
        // The stage's default names the decoder, and what chose every token is part of the record.
        Assert.Contains("\"Decoders\"", File.ReadAllText(here.Path("r", "run.json")));
        var fasta = File.ReadAllText(here.Path("written.fa"));
        Assert.Equal(fasta, File.ReadAllText(here.Path("r", "tools", "generate", "written.fa")));
        Assert.Matches(new Regex(@"^>generated_1 log_probability=-\d+\.\d{4} length=60 end=complete\n[ACGTN]{60}\n>generated_2 "), fasta);
        here.Run("generate", "r", "--prompts", "test.csv", "--length", "10", "--field", "species=fruit_fly", "--output", "-",
            "--decoder", "beam", "--best", "2", "--batch", "16").Expect(0, "_2\t");
    }

    [Fact]
    public void A_masked_model_fills_in_and_an_encoder_decoder_writes_from_its_sources()
    {
        using var here = new Workspace();
        Train(here, Pipeline("bert", "{ use: kmer, k: 3 }", $"{{ use: bert-encoder, {Sizes}, maxPositions: 110 }}", Genome, "masked-lm"));
        here.Run("generate", "r", "--count", "3", "--length", "40", "--passes", "5", "--output", "written.tsv.gz").Expect(0);
        here.Run("generate", "r", "--prompts", "written.tsv.gz", "--length", "5", "--output", "more.tsv").Expect(0, "3 records");
        here.Run("generate", "r", "--length", "40", "--decoder", "beam", "--output", "-")
            .Expect(2, "fills in masks, which 'beam' cannot search");
        Directory.Delete(here.Path("r"), recursive: true);
        Train(here, Pipeline("enbed", "byte", Seq2Seq, Genome, "span-corruption"));
        File.WriteAllText(here.Path("parents.fa"), ">p1\nACGTTGCATTAC\n>p2\nGGGTTACCAGGT\n");
        here.Run("generate", "r", "--prompts", "parents.fa", "--max-tokens", "20", "--decoder", "beam", "--best", "2", "--alphabet", "ACGT",
            "--output", "children.parquet").Expect(0, "2 records by enbed/pretrain");
        here.Run("generate", "r", "--max-tokens", "20", "--output", "-").Expect(2, "writes from a sequence that it reads");
    }

    [Fact]
    public void Haplotypes_are_written_and_a_killed_command_goes_on_to_the_same_file()
    {
        using var here = new Workspace();
        Train(here, Pipeline("haplotypes", "{ use: token-language, alphabet: '01', k: 1, template: 'R {sequence} !' }", Gpt,
            $"{{ use: haplotypes, path: {Repository.Sample("haplotypes", "made.hapt")}, devShare: 0.15 }}", "causal-lm"));
        string[] command = ["generate", "r", "--count", "5000", "--length", "48", "--exact", "--temperature", "0.8", "--output"];
        here.Run([.. command, "whole.hapt"]).Expect(0, "5,000 records");
        var killed = 0;
        foreach (var written in (int[])[20_000, 400_000])
        {
            using var host = HostProcess.Start(here.Folder, [.. command, "parts.hapt"]);
            var journal = new FileInfo(here.Path(".parts.hapt.generate"));
            host.Until(() =>
            {
                journal.Refresh();
                return journal.Exists && journal.Length > written;
            });
            if (!host.HasExited) killed++;
            host.Kill();
        }
        Assert.Equal(2, killed);
        Assert.False(File.Exists(here.Path("parts.hapt")));
        here.Run([.. command, "parts.hapt", "--seed", "2"]).Expect(2, "was stopped that had another seed");
        here.Run([.. command, "parts.hapt"]).Expect(0, "A generation that was stopped goes on");
        Assert.Equal(File.ReadAllBytes(here.Path("whole.hapt")), File.ReadAllBytes(here.Path("parts.hapt")));
        Assert.Empty(Directory.EnumerateFiles(here.Folder, ".*parts*"));
        var lines = File.ReadAllLines(here.Path("whole.hapt"));
        Assert.Equal(5000, lines.Length);
        Assert.All(lines, l => Assert.Matches(@"^Generated generated_\d+( [01]){48}$", l));
        here.Run("generate", "r", "--prompts", "whole.hapt", "--max-tokens", "1", "--output", "more.tsv").Expect(0, "5,000 records");
        here.Run("generate", "r", "--max-tokens", "9", "--output", "x.hapt").Expect(2, "--length");
    }

    [Fact]
    public void Questions_are_answered_as_the_heads_answer_them()
    {
        using var here = new Workspace();
        File.WriteAllLines(here.Path("few.csv"), File.ReadLines(here.Path("test.csv")).Take(12));
        File.WriteAllText(here.Path("model.yaml"), $$"""
            name: asked
            seed: 3
            tokenizer: { use: token-language, k: 3, template: "O {sequence} = B" }
            architecture: {{Gpt}}
            heads:
              class: { use: answer-token-head, tokens: [ A, N, C ] }
            stages:
              - finetune:
                  data: { use: table, train: train.csv, test: few.csv }
                  objective: { use: classify, labels: [ donor, acceptor, neither ] }
                  train: { precision: fp32, steps: 3, batchSize: 8 }
            """);
        here.Run("run", "--pipeline", "model.yaml", "--output", "r", "--device", "cpu").Expect(0);
        here.Run("predict", "r", "few.csv", "--output", "predicted.tsv", "--device", "cpu").Expect(0);
        here.Run("generate", "r", "--prompts", "few.csv", "--output", "answers.tsv", "--device", "cpu").Expect(0, "11 answers");
        var predicted = Rows(here.Path("predicted.tsv"));
        var names = File.ReadLines(here.Path("predicted.tsv")).First(l => l[0] != '#').Split('\t').ToList();
        var answers = Rows(here.Path("answers.tsv"));
        Assert.Equal(predicted.Select(p => p[names.IndexOf("predicted")]), answers.Select(a => a[2]));
        var first = names.FindIndex(n => n.EndsWith("donor", StringComparison.Ordinal));
        foreach (var (p, a) in predicted.Zip(answers))
            for (var c = 0; c < 3; c++)
                Assert.Equal(double.Parse(p[first + c], CultureInfo.InvariantCulture), double.Parse(a[3 + c], CultureInfo.InvariantCulture),
                    1e-5);
        here.Run("generate", "r", "--prompts", "few.csv", "--output", "x.fa", "--device", "cpu").Expect(2,
            "--output x.fa: the name must end");
        here.Run("generate", "r", "--output", "-", "--device", "cpu").Expect(2, "is asked about sequences");
    }

    [Fact]
    public void Numbers_asked_for_are_those_that_the_head_predicts_in_the_units_of_the_data()
    {
        using var here = new Workspace();
        foreach (var (file, count) in ((string, int)[])[("train", 40), ("test", 12)])
            File.WriteAllLines(here.Path($"{file}.csv"),
                File.ReadLines(Repository.Sample("fly_tasks", "introns", $"{file}.csv")).Take(1 + count));
        File.WriteAllText(here.Path("model.yaml"), $$"""
            name: asked
            seed: 3
            tokenizer: { use: token-language, k: 3, template: "O {sequence} = M" }
            architecture: {{Gpt}}
            stages:
              - finetune:
                  data: { use: table, train: train.csv, test: test.csv, label: none }
                  objective: { use: regress, targets: intron_length, transform: log10 }
                  train: { precision: fp32, steps: 3, batchSize: 8 }
            """);
        here.Run("run", "--pipeline", "model.yaml", "--output", "r", "--device", "cpu").Expect(0);
        here.Run("predict", "r", "test.csv", "--output", "predicted.tsv", "--device", "cpu").Expect(0);
        here.Run("generate", "r", "--prompts", "test.csv", "--output", "answers.tsv", "--device", "cpu").Expect(0, "12 answers");
        var names = File.ReadLines(here.Path("predicted.tsv")).First(l => l[0] != '#').Split('\t').ToList();
        var predicted = Rows(here.Path("predicted.tsv")).Select(p => Number(p[names.IndexOf("intron_length")])).ToList();
        var answers = Rows(here.Path("answers.tsv")).Select(a => Number(a[2])).ToList();
        Assert.All(predicted.Zip(answers), pair => Assert.Equal(pair.First, pair.Second, Math.Abs(pair.First) * 1e-4));
        Assert.True(predicted.Distinct().Count() > 6);
    }

    [Fact]
    public void A_model_of_the_papers_three_tasks_says_gc_content_and_order()
    {
        using var here = new Workspace();
        Train(here, Pipeline("three", "{ use: token-language, k: 3, template: '{species} {sequence}' }", Gpt, Genome, "dna-multitask"));
        here.Run("generate", "r", "--prompt", "GCGCGCGCGC", "--prompt", "ATATTTA", "--ask", "= M", "--field", "species=fruit_fly",
            "--output", "gc.tsv").Expect(0, "2 answers by three/pretrain");
        Assert.All(Rows(here.Path("gc.tsv")), r => Assert.True(double.IsFinite(double.Parse(r[2], CultureInfo.InvariantCulture))));
        here.Run("generate", "r", "--prompt", "GCGCGCGCGC", "--ask", "= B", "--field", "species=fruit_fly", "--output",
            "order.tsv").Expect(0);
        var row = Assert.Single(Rows(here.Path("order.tsv")));
        Assert.Equal(1, double.Parse(row[3], CultureInfo.InvariantCulture) + double.Parse(row[4], CultureInfo.InvariantCulture), 1e-5);
        here.Run("generate", "r", "--ask", "= M", "--length", "5", "--output", "-").Expect(2, "leave --length and --max-tokens out");
        here.Run("generate", "r", "--length", "5", "--output", "-").Expect(3, "there is no field 'species'");
        here.Run("generate", "r", "--length", "5", "--field", "species=unicorn", "--output", "-").Expect(3, "no known species");
        here.Run("generate", "r", "--length", "0", "--output", "-").Expect(2, "--length: must be 1 to");
        here.Run("generate", "r", "--count", "0", "--output", "-").Expect(2, "--count: must be 1 to");
        here.Run("generate", "r", "--length", "5", "--output", "x.bam").Expect(2, "the name must end in .fa");
        File.WriteAllText(here.Path("x.fa"), "");
        here.Run("generate", "r", "--length", "5", "--output", "x.fa").Expect(2, "x.fa exists already");
        here.Run("generate", "r", "--length", "5", "--prompt", new string('A', 400), "--field", "species=fruit_fly", "--output", "-")
            .Expect(2, "leaves no room in the 110");
    }
}
