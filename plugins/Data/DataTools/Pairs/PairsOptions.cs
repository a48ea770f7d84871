using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Leakage;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>Options of <c>host data pairs</c>.</summary>
[Example("host data pairs pairs.csv --parent-column parent_seq --child-column child_seq --window 300-799 --output pairs")]
[Example("host data pairs aligned.fa --tree tree.nwk --clade-depth 3 --identity 1 --output pairs")]
[Example("host data pairs aligned.fa --date '\\|(\\d{4})' --output pairs")]
internal sealed class PairsOptions : IValidatableObject
{
    [Description("A table of parents and children, or aligned sequences as FASTA: leaves of --tree, or of no known tree.")]
    [Positional("DATA")]
    [Required]
    public string Data { get; set; } = "";

    [Description("The folder to make: train.csv, dev.csv and test.csv of the columns parent and child, beside pairs.json.")]
    [Required]
    public string Output { get; set; } = "";

    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    [Description("Column of the parents' sequences, in a table.")]
    [Required]
    public string ParentColumn { get; set; } = "parent";

    [Description("Column of the children's sequences.")]
    [Required]
    public string ChildColumn { get; set; } = "child";

    [Description("Column that names parents, so that a child that is a parent elsewhere is known again; equal sequences are one unless "
        + "set. With --child-id.")]
    public string? ParentId { get; set; }

    [Description("Column that names children.")]
    public string? ChildId { get; set; }

    [Description("Tree in Newick format, rooted, whose leaves are the records of DATA. Sequences of its inner nodes are those of least "
        + "change (Fitch 1971; with more than two children Hartigan 1973), and there is a pair for every branch. Without it FASTA is "
        + "joined by a minimum spanning tree of the fewest differences, rooted at the earliest record; pairs may then go back in time.")]
    public string? Tree { get; set; }

    [Description("Regular expression that finds a record's date in its header, its first group where it has one, for example "
        + "\\|(\\d{4}); dates are ordered as text, so years first. Without it the first record is the earliest.")]
    public string? Date { get; set; }

    [Description("Columns of the alignment that are kept, counted from 1, both ends included, for example 300-799; all unless set.")]
    public string? Window { get; set; }

    [Description("Identity from which two sequences are never divided between splits: 1 - edits / length of the longer.")]
    [Range(Closeness.LowestIdentity, 1.0)]
    public double Identity { get; set; } = 0.95;

    [Description("Branches below the root at which the tree is cut into clades, which are never divided either; 0 for no clades. What lies "
        + "above the cut is in no clade.")]
    [Range(0, 10_000)]
    public int CladeDepth { get; set; }

    [Description("Leave pairs out whose child equals its parent.")]
    public bool ChangedOnly { get; set; }

    [Description("Share of the pairs held out for development.")]
    [Range(0.0, 0.9)]
    public double Dev { get; set; } = 0.1;

    [Description("Share held out for test.")]
    [Range(0.0, 0.9)]
    public double Test { get; set; } = 0.1;

    [Description("What goes where follows from this alone.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>The full path of the folder, checked.</summary>
    internal string Folder { get; private set; } = "";

    /// <summary>First column and the one behind the last, 0-based; null for all.</summary>
    internal (int Start, int End)? Columns
    {
        get
        {
            if (Regex.Match(Window ?? "", "^([1-9][0-9]{0,8})-([1-9][0-9]{0,8})$") is not { Success: true } written) return null;
            var (first, last) = (Number(written.Groups[1].Value), Number(written.Groups[2].Value));
            return first <= last ? (first - 1, last) : null;
        }
    }

    /// <summary>Turns the paths as they are written into those of files, and refuses an output that cannot be written.</summary>
    internal void Locate(ToolRun run)
    {
        Data = run.Input(Data);
        if (Tree is not null) Tree = run.Input(Tree);
        Output = run.Output(Output);
        Folder = ToolRun.Folder(Output, Force, PairFiles.Made, [Data, .. Tree is null ? Array.Empty<string>() : [Tree]]);
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Dev + Test >= 1) yield return new("and --dev leave nothing to train on.", [nameof(Test)]);
        if ((ParentId is null) != (ChildId is null)) yield return new("goes with --child-id; give both or neither.", [nameof(ParentId)]);
        if (Window is not null && Columns is null)
            yield return new($"must be FIRST-LAST, counted from 1, such as 300-799, but is '{Window}'.", [nameof(Window)]);
        if (Date is null) yield break;
        if (Tree is not null) yield return new("goes without --tree, which has a root of its own.", [nameof(Date)]);
        if (!IsRegex(Date)) yield return new($"is no regular expression: '{Date}'.", [nameof(Date)]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
