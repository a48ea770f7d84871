using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>Variants scored by a small model of each family.</summary>
public sealed class VariantScoreTests : IDisposable
{
    private const string Dna = "ACGTTGCAACGGTCATTACGGCATCGATCCGATTAGACCATGACCGTAGGCT";
    private const string Head = "##fileformat=VCFv4.2\n##contig=<ID=c1,length=51>\n"
        + "##ALT=<ID=DEL,Description=\"Deletion\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-variants-").FullName;

    public VariantScoreTests() => System.IO.File.WriteAllText(File("g.fa"), $">c1\n{Dna}\n");

    public static TheoryData<string> Families => [.. TinyModel.Families];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string File(string name) => Path.Combine(folder, name);

    private (ToolBench Bench, string Output) Score(string family, string input, string output, params (string, object)[] options)
    {
        using var off = no_grad();
        var name = input.StartsWith("##", StringComparison.Ordinal) ? "v.vcf" : "v.tsv";
        System.IO.File.WriteAllText(File(name), input);
        var with = new Dictionary<string, object?>
        {
            ["variants"] = File(name), ["genome"] = File("g.fa"), ["output"] = File(output), ["window"] = 15,
        };
        foreach (var (key, value) in options) with[key] = value;
        var bench = new ToolBench(TinyModel.Make(family), []);
        var tool = RealHost.Components.Build<ITool>(new("variants score", with),
            new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory));
        Assert.Equal(0, tool.RunAsync(bench, TestContext.Current.CancellationToken).GetAwaiter().GetResult());
        return (bench, System.IO.File.ReadAllText(File(output)));
    }

    private static double[] Row(string table, int row) =>
        [.. table.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Skip(1).ElementAt(row).Split('\t')[4..]
            .Select(c => double.Parse(c, CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_family_scores_and_equal_changes_score_alike(string family)
    {
        const string Variants = "chrom\tpos\tref\talt\nc1\t20\tG\tT\nc1\t19\tCG\tCT\nc1\t20\tG\t-\nc1\t21\tG\t-\n";
        var table = Score(family, Variants, "o.tsv").Output;
        Assert.Equal(Row(table, 0), Row(table, 1));
        Assert.Equal(Row(table, 2), Row(table, 3));
        Assert.All(Row(table, 0), v => Assert.True(double.IsFinite(v)));
        Assert.True(Row(table, 0)[^1] != Row(table, 2)[^1]);
    }

    [Fact]
    public void Scores_that_a_model_lacks_are_said_and_a_layer_it_lacks_is_refused_before_any_work()
    {
        const string Variant = "chrom\tpos\tref\talt\nc1\t20\tG\tT\n";
        var said = Score("dnabert", Variant, "o.tsv").Bench.Said;
        Assert.Contains(said, s => s.StartsWith("outputs scores are left out: ", StringComparison.Ordinal));
        Assert.Contains(said, s => s.StartsWith("causal scores are left out: ", StringComparison.Ordinal));
        var tool = RealHost.Components.Build<ITool>(new("variants score", new Dictionary<string, object?>
        {
            ["variants"] = File("v.tsv"), ["genome"] = File("g.fa"), ["output"] = File("p.tsv"), ["layer"] = 9L,
        }), new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory));
        Assert.Contains("--layer 9: ", Assert.Throws<UsageException>(() => tool.Check(TinyModel.Make("dnabert"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dnabert", "masked")]
    [InlineData("dnabert", "pseudo")]
    [InlineData("genomics-fm", "masked")]
    [InlineData("dnagpt", "causal")]
    public void Likelihoods_of_the_way_there_and_back_cancel(string family, string kind)
    {
        System.IO.File.WriteAllText(File("g.fa"), $">c1\n{Dna}\n>c2\n{Dna[..19]}T{Dna[20..]}\n");
        var table = Score(family, "chrom\tpos\tref\talt\nc1\t20\tG\tT\nc2\t20\tT\tG\n", "o.tsv", ("score", kind)).Output;
        var there = Assert.Single(Row(table, 0));
        Assert.NotEqual(0, there);
        Assert.Equal(-there, Assert.Single(Row(table, 1)), 5);
    }

    /// <summary>By whole forward passes of one sequence at a time, every position's logits, and nothing of the tool's.</summary>
    [Theory]
    [InlineData("dnabert", "masked")]
    [InlineData("dnabert-2", "masked")]
    [InlineData("dnabert", "pseudo")]
    [InlineData("dnagpt", "causal")]
    public void Likelihoods_are_those_of_whole_passes(string family, string kind)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var row = Row(Score(family, "chrom\tpos\tref\talt\nc1\t20\tG\tT\n", "o.tsv", ("score", kind)).Output, 0);
        var model = TinyModel.Make(family);
        // The window of 15 bases around base 19 (0-based); the allele stands at its eighth.
        var reference = Dna[12..27];
        var expected = ByHand(reference[..7] + "T" + reference[8..]) - ByHand(reference);
        Assert.True(Math.Abs(expected - Assert.Single(row)) < 1e-4, $"{expected} by hand, {row[0]} written");

        double ByHand(string window)
        {
            var encoding = model.Tokenizer.Encode(new("w", window), new EncodeContext(40) { Scoring = true });
            var tokens = Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0).ToList();
            int[] Covering(BaseSpan bases) => [.. tokens.Where(t => encoding.Spans[t].Overlaps(bases))];
            return kind switch
            {
                "causal" => tokens.Where(t => t > 0).Sum(t => LogP([], t - 1, encoding.Ids[t])),
                "masked" => Covering(new(7, 8)).Sum(t => LogP(Covering(new(7, 8)), t, encoding.Ids[t])),
                _ => tokens.Sum(t => LogP(Covering(encoding.Spans[t]), t, encoding.Ids[t])),
            };

            double LogP(int[] hidden, int read, int token)
            {
                var ids = (int[])encoding.Ids.Clone();
                foreach (var t in hidden) ids[t] = model.Tokenizer.Vocabulary.Mask!.Value;
                using var batch = Collation.Pad([new("w", window)], [encoding.WithIds(ids)], 0);
                var logits_BTV = model.Predict(model.Forward(batch), batch)[model.Heads.Keys.Single()];
                return logits_BTV[0, read].log_softmax(0)[token].item<float>();
            }
        }
    }

    [Fact]
    public void One_pass_over_the_windows_gives_outputs_and_states_what_each_alone_gives()
    {
        const string Variants = "chrom\tpos\tref\talt\nc1\t20\tG\tT\nc1\t21\tG\t-\nc1\t25\tC\tA\n";
        var both = Score("windowed", Variants, "both.tsv", ("layer", 1L)).Output;
        var outputs = Score("windowed", Variants, "outputs.tsv", ("score", "outputs")).Output;
        var states = Score("windowed", Variants, "states.tsv", ("score", "states"), ("layer", 1L)).Output;
        for (var row = 0; row < 3; row++) Assert.Equal([.. Row(outputs, row), .. Row(states, row)], Row(both, row));
    }

    [Fact]
    public async Task Windows_at_an_end_keep_their_length_and_are_counted()
    {
        System.IO.File.WriteAllText(File("v.tsv"), "chrom\tpos\tref\talt\nc1\t3\tG\tT\nc1\t51\tC\t-\nc1\t20\tG\tT\n");
        var tool = RealHost.Components.Build<ITool>(new("variants windows", new Dictionary<string, object?>
        {
            ["variants"] = File("v.tsv"), ["genome"] = File("g.fa"), ["output"] = File("w.csv"), ["window"] = 15L,
        }), new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory));
        var bench = new ToolBench(TinyModel.Make("dnabert"), []);
        Assert.Equal(0, await tool.RunAsync(bench, TestContext.Current.CancellationToken));
        var rows = System.IO.File.ReadAllLines(File("w.csv"))[1..].Select(l => l.Split(',')).ToArray();
        Assert.Equal((Dna[..15], Dna[..2] + "T" + Dna[3..15]), (rows[0][0], rows[0][1]));
        Assert.Equal((Dna[^15..], Dna[^15..^2] + Dna[^1]), (rows[1][0], rows[1][1]));
        Assert.Equal(Dna[12..27], rows[2][0]);
        Assert.Contains("2 windows at the end of a chromosome: the variant is not in the middle.", bench.Said);
    }

    [Fact]
    public void A_telomere_is_left_out_and_a_packed_file_holds_the_same()
    {
        const string Lines = Head + "c1\t0\t.\tN\tA\t.\t.\t.\nc1\t20\t.\tG\tT\t.\t.\t.\n";
        var plain = Score("dnabert", Lines, "plain.vcf").Output;
        Score("dnabert", Lines, "packed.vcf.gz");
        using var reader = new StreamReader(
            new GZipStream(System.IO.File.OpenRead(File("packed.vcf.gz")), CompressionMode.Decompress));
        Assert.Equal(plain, reader.ReadToEnd());
        Assert.Contains("c1\t0\t.\tN\tA\t.\t.\t.\n", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_the_model_would_not_read_whole_is_refused() => Assert.Contains("tokens than the 40 that",
        Assert.Throws<UsageException>(() => Score("dnabert", "chrom\tpos\tref\talt\nc1\t20\tG\tT\n", "long.tsv",
            ("window", 60L), ("score", new List<object?> { "states" }))).Message, StringComparison.Ordinal);

    [Fact]
    public void Fields_that_a_template_asks_for_are_given_to_every_window()
    {
        const string Variant = "chrom\tpos\tref\talt\nc1\t20\tG\tT\n";
        Assert.Contains("'species'", Assert.Throws<DataException>(() => Score("dnagpt-species", Variant, "o.tsv")).Message);
        double Of(string species, string output) =>
            Row(Score("dnagpt-species", Variant, output, ("field", new List<object?> { $"species={species}" })).Output, 0)[^1];
        Assert.NotEqual(Of("Homo_sapiens", "h.tsv"), Of("Mus_musculus", "m.tsv"));
        Assert.Contains("write NAME=VALUE", Assert.Throws<UsageException>(() =>
            Score("dnagpt", Variant, "p.tsv", ("field", new List<object?> { "species" }))).Message);
    }

    [Fact]
    public void Both_strands_are_the_mean_of_the_variant_and_of_its_reverse_complement()
    {
        var complement = Iupac.ReverseComplement(Dna);
        System.IO.File.WriteAllText(File("g.fa"), $">c1\n{Dna}\n>c2\n{complement}\n");
        var variants = $"chrom\tpos\tref\talt\nc1\t20\tG\tT\nc2\t{Dna.Length - 19}\tC\tA\n";
        var single = Score("dnabert", variants, "one.tsv", ("score", "masked")).Output;
        var both = Score("dnabert", variants, "both.tsv", ("score", "masked"), ("bothStrands", true)).Output;
        var mean = (Row(single, 0)[0] + Row(single, 1)[0]) / 2;
        Assert.NotEqual(Row(single, 0)[0], Row(single, 1)[0], 4);
        Assert.Equal(mean, Row(both, 0)[0], 4);
        Assert.Equal(mean, Row(both, 1)[0], 4);
    }

    [Fact]
    public void Vcf_keeps_its_lines_and_counts_what_it_cannot_score()
    {
        const string Records = "c1\t20\t.\tG\tT,<DEL>\t.\tPASS\t.\nc1\t25\t.\tC\t*\t9\t.\tDP=3\nc1\t30\t.\tC\tCA\t.\t.\tDP=4\n";
        var (bench, vcf) = Score("dnabert", Head + Records, "o.vcf", ("score", "states"));
        var lines = vcf.Split('\n').Where(l => l.Length > 0 && l[0] != '#').ToList();
        Assert.StartsWith("c1\t20\t.\tG\tT,<DEL>\t.\tPASS\tPH_states_euclidean=", lines[0]);
        Assert.Matches(@"PH_states_dot=[^,;]+,\.$", lines[0]);
        Assert.Equal("c1\t25\t.\tC\t*\t9\t.\tDP=3", lines[1]);
        Assert.Contains("\tDP=4;PH_", lines[2]);
        Assert.Contains("##INFO=<ID=PH_states_cosine,Number=A,Type=Float,Description=\"1 - alt.ref", vcf);
        Assert.Contains(bench.Said, s => s.Contains("1 symbolic (<DEL>)") && s.Contains("1 of *"));
    }

    [Fact]
    public void Bcftools_reads_the_result()
    {
        var tool = "/usr/bin/bcftools";
        Assert.SkipUnless(System.IO.File.Exists(tool), "bcftools is not installed");
        Score("dnabert", Head + "c1\t20\t.\tG\tT,C\t.\tPASS\t.\n", "o.vcf", ("score", "states"));
        var start = new ProcessStartInfo(tool) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var word in (string[])["query", "-f", "%INFO/PH_states_dot\n", File("o.vcf")]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        Assert.Equal(2, process.StandardOutput.ReadToEnd().Split(',').Length);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("c1\t20\t.\tC\tT\t.\t.\t.\n", "another genome build? ")]
    [InlineData("c1\t99\t.\tG\tT\t.\t.\t.\n", "position 99 is past the end of 'c1'")]
    [InlineData("c9\t20\t.\tC\tT\t.\t.\t.\n", "no allele could be scored: 1 on 'c9', which the genome lacks")]
    public void Variants_of_another_genome_are_refused(string record, string said)
    {
        var failure = Assert.Throws<DataException>(() => Score("dnabert", Head + record, "o.vcf", ("score", "states")));
        Assert.Contains(said, failure.Message);
        Assert.False(System.IO.File.Exists(File("o.vcf")));
    }

    [Theory]
    [InlineData("dnabert", "causal", "sees later tokens; use masked")]
    [InlineData("dnagpt", "masked", "use causal")]
    [InlineData("enbed", "masked", "has no head that predicts the tokens of a sequence")]
    [InlineData("dnabert", "outputs", "nothing of a sequence")]
    [InlineData("dnabert", "span", "has no decoder that predicts tokens")]
    public void What_a_model_lacks_is_said(string family, string kind, string said)
    {
        var failure = Assert.Throws<UsageException>(() =>
            Score(family, "chrom\tpos\tref\talt\nc1\t20\tG\tT\n", "o.tsv", ("score", kind)));
        Assert.Contains(said, failure.Message);
    }
}
