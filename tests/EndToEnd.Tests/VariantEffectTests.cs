namespace PluginHost.EndToEnd.Tests;

/// <summary>From variants with classes to a classifier of pairs, by the shipped pipeline.</summary>
public sealed class VariantEffectTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-effects-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private HostProcess.Result Host(params string[] arguments) => HostProcess.Run(folder, arguments);

    [Fact]
    public void Variants_become_windows_windows_become_splits_and_a_model_of_pairs_is_trained_from_a_pretrained_one()
    {
        // Made: an A of the genome that becomes G has an effect, any other change has none.
        var random = new Random(5);
        var dna = string.Concat(Enumerable.Range(0, 4000).Select(_ => "ACGT"[random.Next(4)]));
        File.WriteAllText(Path.Combine(folder, "g.fa"), $">c1\n{dna}\n");
        File.WriteAllLines(Path.Combine(folder, "v.tsv"), Enumerable.Range(0, 190).Select(i => 50 + 20 * i).Select(p =>
        {
            var alternative = dna[p] == 'A' ? random.Next(2) == 0 ? 'G' : 'C' : 'A';
            return $"c1\t{p + 1}\t{dna[p]}\t{alternative}\t{(dna[p] == 'A' && alternative == 'G' ? "hit" : p < 3000 ? "no" : "")}";
        }).Prepend("chromosome\tposition\tref\talt\tclass"));
        Host("variants", "windows", "v.tsv", "--genome", "g.fa", "--output", "windows.csv", "--label", "class", "--window", "31",
            "--block", "200").Expect(0, "with two windows: windows.csv", "left out: nothing in the column of --label");
        var rows = File.ReadAllLines(Path.Combine(folder, "windows.csv"));
        Assert.Equal("sequence,alternative,label,chromosome,position,ref,alt,block", rows[0]);
        var cells = rows[1].Split(',');
        Assert.Equal((dna[35..66], dna[35..50] + cells[6] + dna[51..66], "c1:0"), (cells[0], cells[1], cells[7]));
        Host("data", "split", "windows.csv", "--by", "record", "--column", "block", "--output", "effects").Expect(0);

        string[] tiny = ["--set", "tokenizer={ use: kmer, k: 3 }", "--device", "cpu"];
        File.WriteAllText(Path.Combine(folder, "first.yaml"), """
            name: first
            tokenizer: { use: kmer, k: 3 }
            architecture: { use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 40 }
            stages:
              - pretrain:
                  data: { use: fasta, path: g.fa, window: 31, how: random, samplesPerEpoch: 64, devShare: 0.1, minLength: 20 }
                  objective: masked-lm
                  train: { steps: 2, batchSize: 8 }
            """);
        Host("run", "--pipeline", "first.yaml", "--output", "first", "--device", "cpu").Expect(0);
        Host(["run", "--pipeline", Path.Combine(Repository.Root, "pipelines", "genomics-fm", "variants.yaml"), "--output", "run", .. tiny,
            "--set", "start=first", "--set",
            "architecture={ use: siamese, inner: { use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 40 } }",
            "--set", $"stages.finetune.data.folder={Path.Combine(folder, "effects")}", "--set", "stages.finetune.train.epochs=1"])
            .Expect(0, "auroc", "5-mer logistic regression");
        Host("predict", "run", "effects/test.csv", "--data", "pair=alternative", "--output", "p.tsv", "--device", "cpu").Expect(0);
        Assert.Equal(File.ReadAllLines(Path.Combine(folder, "effects", "test.csv")).Length,
            File.ReadAllLines(Path.Combine(folder, "p.tsv")).Count(l => l[0] != '#'));
    }
}
