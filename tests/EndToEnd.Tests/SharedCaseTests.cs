using System.Text.RegularExpressions;

namespace PluginHost.EndToEnd.Tests;

/// <summary>What each of <see cref="SharedCases"/> must say, and what it must not.</summary>
public class SharedCaseTests(SharedCases cases) : IClassFixture<SharedCases>
{
    /// <param name="Says">Patterns that must match; <c>^</c> and <c>$</c> are those of lines.</param>
    /// <param name="SaysNot">Patterns that must not.</param>
    private sealed record Expected(string[] Says, params string[] SaysNot);

    private const string Refused = "^rc=[1-9]", DataRefused = "^rc=3$", Well = "^rc=0$";

    private static readonly Dictionary<string, Expected> table = new()
    {
        ["B10-gtf-semicolon-in-quotes"] = new([Well, "protein_coding", "lncRNA"], ",wrong,"),
        ["E01-patience-with-undefined-metric"] =
            new(["auroc", "cannot choose a model on dev: all its labelled samples are of the class"], "evaluations without a better"),
        ["I07-zip-of-folder"] = new([Refused, "zip", "[Uu]npack|[Uu]nzip|[Ee]xtract"], "torch\\.save"),
        ["I09-lora-adapter-only"] = new([Refused, "adapter", "base"], "--new-head"),
        ["I10-tf-checkpoint"] = new([Refused, "TensorFlow"]),
        ["I15-nan-weight"] = new(["bert\\.pooler\\.dense\\.bias", "finite"], "NaN\tNaN"),
        ["L07-nan-label"] = new(["train\\.csv:82", "nan"]),
        ["L11-short-sequences"] = new([Well, "shorter than"], "they hold N"),
        ["L12-labels-1-2-train-0-1-test"] = new([DataRefused, "test\\.csv", "label '?0'?"]),
        ["L13-names-in-train-index-in-test"] = new([DataRefused, "test\\.csv", "background", "promoter"]),
        ["L14-minus-one-plus-one"] = new([DataRefused, "test\\.csv:2", "label '?0'?"]),
        ["M01-all-zero-label-and-rows"] = new([Well, "f_b +20 +- +-"]),
        ["R03-decimal-comma"] = new(["decimal comma"]),
        ["S01-chrom-names-mixed"] = new(["(?s)^test$.*(^ *20 (chr)?1$|^ *10 1$.*^ *10 chr1$|^ *10 chr1$.*^ *10 1$)|[Ww]arning"],
            "(?s)^train$.*^ *\\d+ (chr)?1$.*^test$"),
        ["S04-fastq-to-predict"] = new(["FASTQ"], "there is no column"),
        ["T01-truncated-bgzip-table"] = new(["end-of-file|end of file|cut off|truncated"], "Nothing wrong was found"),
        ["T07-hf-truncation"] = new(["\"model_max_length\": ?512"]),
        ["V01-phase-sets"] = new(["phase set|PS"]),
        ["V03-snp-and-insertion-same-pos"] = new([Well, "^ACGTTGGCGTACGTACGT$"]),
        ["V04-leading-phase"] = new([Well, "^ACGTATGTACGTACGT$", "^AGGTATGTACGTACGT$"]),
        ["V05-haploid-x"] = new([Well, "c\\.male"], "(?s)^(?!.*haploid).*c\\.male\\.2"),
        ["V17-bgzip-no-eof"] = new(["end-of-file|end of file|cut off|truncated"]),
        ["V27-region-cuts-deletion"] = new([Well, "^TACGT$|left out: [1-9]|[1-9][0-9]* .*edge"]),
        ["X01-regression-export-units"] = new(["(?s)rc=0.*rc=0", "\"problem_type\": ?\"regression\""], Refused),
        ["X03-multi-label-export"] = new(["\"problem_type\": ?\"multi_label_classification\"",
            "(?s)(^id\tf_a\tf_b\tf_c\n[^\n]*\n[^\n]*$).*\\1"]),
    };

    public static TheoryData<string> Names => [.. table.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_says_what_it_should(string name)
    {
        if (await cases.Said(name) is not { } said)
        {
            Assert.Skip($"{SharedCases.Folder} has no {name}");
            return;
        }
        foreach (var pattern in table[name].Says)
            Assert.True(Regex.IsMatch(said, pattern, RegexOptions.Multiline), $"'{pattern}' was not said:\n{said}");
        foreach (var pattern in table[name].SaysNot)
            Assert.False(Regex.IsMatch(said, pattern, RegexOptions.Multiline), $"'{pattern}' was said:\n{said}");
        Assert.DoesNotContain("defect", said);
        Assert.DoesNotContain("did not end", said);
    }

    [Fact]
    public void Every_case_has_its_expectation()
    {
        if (!Directory.Exists(SharedCases.Folder)) Assert.Skip($"there is no {SharedCases.Folder}");
        var there = Directory.GetDirectories(SharedCases.Folder).Where(f => File.Exists(Path.Combine(f, "run.sh")))
            .Select(f => Path.GetFileName(f)!);
        Assert.Empty(there.Except(table.Keys));
    }
}
