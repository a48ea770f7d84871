using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Checking;

/// <summary>Options of <c>host data check</c>.</summary>
[Example("host data check splits/")]
[Example("host data check --train train.csv --test test.csv --identity 0.9 --strict")]
[Example("host data check sequences.csv --output report.json")]
internal sealed class CheckOptions : RowOptions
{
    [Description("A folder with train, dev and test files, or one file without splits.")]
    [Positional("DATA")]
    public string[] Data { get; set; } = [];

    [Description("File of the training split, where there is no folder.")]
    public string? Train { get; set; }

    [Description("File of the development split.")]
    public string? Dev { get; set; }

    [Description("File of the test split.")]
    public string? Test { get; set; }

    [Description("Identity from which held-out sequences count as nearly known: 1 - edits / length of the longer, on either strand. 1 "
        + "looks for equal ones and reverse complements only.")]
    [Range(Closeness.LowestIdentity, 1.0)]
    public double Identity { get; set; } = 0.95;

    [Description("Edits up to which they do, in place of --identity.")]
    [Range(0, 10_000)]
    public int? Edits { get; set; }

    [Description("Also writes the report to this file as JSON.")]
    public string? Output { get; set; }

    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    [Description("End with exit code 3 if held-out sequences are known from another split, or a sequence has two labels.")]
    public bool Strict { get; set; }

    internal Closeness? Near => Edits is { } edits ? (edits == 0 ? null : Closeness.ByEdits(edits)) : Identity < 1
        ? Closeness.ByIdentity(Identity) : null;

    /// <summary>Turns the paths as they are written into those of files.</summary>
    internal void Locate(ToolRun run)
    {
        if (Train is not null) Train = run.Input(Train);
        if (Dev is not null) Dev = run.Input(Dev);
        if (Test is not null) Test = run.Input(Test);
        if (Output is not null) Output = run.Output(Output);
    }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        var named = Train is not null || Dev is not null || Test is not null;
        if (named == Data.Length > 0 || Data.Length > 1)
            yield return new("takes one folder or file, or else --train, --dev and --test name a file each.", [nameof(Data)]);
    }
}
