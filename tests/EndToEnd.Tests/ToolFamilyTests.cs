using System.Globalization;

namespace PluginHost.EndToEnd.Tests;

/// <summary>Every tool that opens a model, as a stage of a pipeline, on a small model of each of the papers' families.</summary>
public sealed class ToolFamilyTests
{
    private const int Bases = 400, Rows = 3;
    private const string Sizes = "layers: 2, width: 16, attentionHeads: 2, feedForward: 32, initializerRange: 0.3";
    private const string Mosaic = Sizes + ", positions: alibi, packedQkv: true, gated: true, unpadded: true, tokenLimit: 110";

    private static readonly string bpe = $"{{ use: bpe, vocab: {Repository.Sample("tokenizers", "fly_bpe_1024.json")} }}";

    private static readonly Dictionary<string, (string Tokenizer, string Architecture, string Objective)> families = new()
    {
        ["dnabert"] = ("{ use: kmer, k: 3 }", $"{{ use: bert-encoder, {Sizes}, maxPositions: 110 }}", "masked-lm"),
        ["dnabert-2"] = (bpe, $"{{ use: bert-encoder, {Mosaic} }}", "masked-lm"),
        ["dnagpt"] = ("{ use: token-language, k: 3 }",
            "{ use: numeric-gpt, layers: 2, width: 16, attentionHeads: 2, maxPositions: 110, initializerRange: 0.3 }", "causal-lm"),
        ["dnazen"] = ($"{{ use: ggram, tokenizer: {bpe}, vocabulary: {Repository.Sample("ggrams", "fly_bpe_1024.json")} }}",
            $"{{ use: ggram-encoder, {Sizes}, gGramLayers: 1, tokenLimit: 110 }}", "whole-ggram-masking"),
        ["enbed"] = ("byte", "{ use: byte-seq2seq, width: 16, headWidth: 8, attentionHeads: 2, feedForward: 32, encoderLayers: 2, "
            + "decoderLayers: 2, radius: [ 4 ], globalBlocks: 4, maxTokens: 110, maxTargetTokens: 110 }", "span-corruption"),
        ["genomics-fm"] = ($"{{ use: ensemble, vocabularies: [ {{ tokenizer: {bpe} }}, {{ tokenizer: {{ use: kmer, k: 3 }} }} ] }}",
            $"{{ use: bert-encoder, {Mosaic} }}", "masked-lm"),
    };

    public static TheoryData<string> Families => [.. families.Keys];

    private static string Pipeline(string family)
    {
        var (tokenizer, architecture, objective) = families[family];
        return $$"""
            name: {{family}}
            seed: 3
            tokenizer: {{tokenizer}}
            architecture: {{architecture}}
            stages:
              - pretrain:
                  data: { use: fasta, path: {{Repository.Sample("genome", "chr2R.fa.gz")}}, how: random, window: 100, minLength: 20,
                          samplesPerEpoch: 60, devShare: 0.02 }
                  objective: {{objective}}
                  train: { precision: fp32, steps: 2, batchSize: 8 }
              - variants score: { name: likelihoods, variants: calls.vcf, genome: genome.fa, window: 60,
                                  output: scored.tsv }
            {{(family == "enbed" ? "" : "  - variants saturate: { name: likely, input: few.csv, output: map }")}}
            {{(family == "enbed" ? "  - interpret decoder: { name: written, input: few.csv, output: looks, maxTokens: 20 }" : "")}}
              - finetune:
                  data: { use: table, train: train.csv, dev: few.csv, test: few.csv }
                  objective: { use: classify, labels: [ donor, acceptor, neither ], pooling: mean }
                  train: { precision: fp32, steps: 2, batchSize: 8 }
              - embed: { input: few.csv, output: vectors.tsv, bothStrands: true }
              - scan: { input: genome.fa, window: 100, stride: 50, output: windows.tsv, class: donor }
              - variants score: { variants: calls.vcf, genome: genome.fa, window: 60, output: scored.vcf }
              - variants saturate: { input: few.csv, output: map, class: donor }
              - interpret attention: { input: few.csv, output: maps }
              - interpret attribute: { input: few.csv, output: scores, class: donor }
              - interpret embeddings: { input: test.csv, output: map, neighbours: [ 1, 5 ] }
            {{(family == "dnazen" ? "  - interpret ggrams: { input: test.csv, output: ggrams }" : "")}}
            {{(family == "dnabert" ? "  - interpret compare: { motifs: motifs.txt, output: tokens, shortest: 3 }" : "")}}
            {{(family == "enbed" ? "  - interpret decoder: { name: itself, input: few.csv, output: looks, target: itself }" : "")}}
            {{(family == "enbed" ? "  - interpret attention: { name: cross, input: few.csv, output: maps, stack: cross }" : "")}}
            """;
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_tool_works_as_a_stage_and_writes_what_is_finite(string family)
    {
        using var here = new Workspace();
        Prepare(here);
        File.WriteAllText(here.Path("tools.yaml"), Pipeline(family));
        here.Run("run", "--pipeline", "tools.yaml", "--output", "r", "--device", "cpu").Expect(0);

        Assert.Equal(Rows, Table(here, "embed", "vectors.tsv").Count);
        Assert.Equal(Bases / 50 - 1, Table(here, "scan", "windows.tsv").Count);
        // Three substitutions and a deletion of each base, three classes; equal deletions are one.
        Assert.InRange(Table(here, "variants-saturate", "map", "mutations.tsv").Count, Rows * 100 * 3 * 3, Rows * 100 * 4 * 3);
        Assert.Equal(Rows * 100, Table(here, "interpret-attention", "maps", "maps.tsv").Count);
        Assert.Equal(Rows * 100, Table(here, "interpret-attribute", "scores", "scores.tsv").Count);
        // A base that no token covers has no masked marginal.
        if (family != "enbed") Assert.InRange(Table(here, "likely", "map", "mutations.tsv").Count, Rows * 98 * 3, Rows * 100 * 4);
        Assert.Equal(2, Table(here, "likelihoods", "scored.tsv").Count);
        Assert.Equal(90, Table(here, "interpret-embeddings", "map", "coordinates.tsv").Count);
        if (family == "enbed")
        {
            Assert.Equal(Rows * 100, Table(here, "itself", "looks", "looks.tsv").Count);
            Assert.InRange(Table(here, "written", "looks", "looks.tsv").Count, 0, Rows * 20);
        }
        if (family == "dnazen") Assert.NotEmpty(Table(here, "interpret-ggrams", "ggrams", "frequencies.tsv"));
        if (family == "dnabert") Assert.Equal(64, Table(here, "interpret-compare", "tokens", "tokens.tsv").Count);
        var records = File.ReadAllLines(here.Path("r", "tools", "variants-score", "scored.vcf")).Where(l => l[0] != '#').ToList();
        Assert.All(records, r => Assert.Matches("PH_logor_donor=-?[0-9].*PH_states_euclidean=[0-9]", r));
        foreach (var page in Directory.GetFiles(here.Path("r", "tools"), "report.html", SearchOption.AllDirectories)
            .Where(f => !f.Contains("compare")))
            Assert.Contains("<svg", File.ReadAllText(page), StringComparison.Ordinal);
    }

    /// <summary>A genome, a substitution and a deletion on it, and a few sequences.</summary>
    private static void Prepare(Workspace here)
    {
        var rows = File.ReadLines(here.Path("test.csv")).ToList();
        File.WriteAllLines(here.Path("few.csv"), rows.Take(1 + Rows));
        File.WriteAllText(here.Path("motifs.txt"), ">MA1 box\nA [ 1 9 1 9 ]\nC [ 1 0 1 0 ]\nG [ 0 1 0 1 ]\nT [ 8 0 8 0 ]\n");
        var genome = string.Concat(rows.Skip(1).Take(Bases / 100).Select(r => r.Split(',')[0]));
        File.WriteAllText(here.Path("genome.fa"), $">chr9\n{genome}\n");
        File.WriteAllText(here.Path("calls.vcf"),
            "##fileformat=VCFv4.2\n##contig=<ID=chr9>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
            + $"chr9\t100\t.\t{genome[99]}\t{(genome[99] == 'A' ? 'G' : 'A')}\t.\t.\t.\n"
            + $"chr9\t200\t.\t{genome[199..202]}\t{genome[199]}\t.\t.\t.\n");
    }

    /// <summary>Rows of a table whose numbers are finite; without its comments and its names.</summary>
    private static List<string[]> Table(Workspace here, params string[] parts)
    {
        var rows = File.ReadAllLines(here.Path(["r", "tools", .. parts])).Where(l => l[0] != '#').Skip(1)
            .Select(l => l.Split('\t')).ToList();
        foreach (var cell in rows.SelectMany(r => r))
            if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                Assert.True(double.IsFinite(number), $"{string.Join('/', parts)}: {cell}");
        return rows;
    }
}
