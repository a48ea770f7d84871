using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Splitting;

/// <summary>What must not be divided between splits.</summary>
internal enum SplitBy
{
    /// <summary>Only equal sequences and reverse complements.</summary>
    Random,

    /// <summary>Rows of one chromosome.</summary>
    Chromosome,

    /// <summary>Rows of one record, or with one value in a column.</summary>
    Record,

    /// <summary>Rows of one clade of a tree.</summary>
    Clade,

    /// <summary>Rows whose sequences are alike.</summary>
    Identity,
}

/// <summary>Options of <c>host data split</c>.</summary>
[Example("host data split sequences.csv --output splits")]
[Example("host data split sequences.csv --output splits --by identity --identity 0.95")]
[Example("host data split windows.csv --output splits --by chromosome --dev-names chr3L --test-names chr4,chrX")]
[Example("host data split species.csv --output splits --by clade --column species --tree tree.nwk --depth 2")]
[Example("host data split sequences.csv --output folds --folds 10 --seed 7")]
[Example("host data split species.csv --output crossed --by identity --cross species")]
internal sealed class SplitOptions : RowOptions
{
    [Description("Tables with the same columns, or FASTA files; plain or gzip. They are divided as one.")]
    [Positional("DATA")]
    [MinLength(1)]
    public string[] Data { get; set; } = [];

    [Description("The folder to make: train, dev and test beside split.json, which says how they were made.")]
    [Required]
    public string Output { get; set; } = "";

    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    [Description("What is never divided: random, equal sequences and their reverse complements; chromosome; record, a record or the rows "
        + "with one value in --column; clade, of --tree at --depth; identity, sequences alike by --identity or --edits.")]
    public SplitBy By { get; set; } = SplitBy.Random;

    [Description("Column that names the chromosome, record or leaf. Unless set: the column 'chromosome' or 'chrom' for --by chromosome, "
        + "where there is one, otherwise the row's name (up to the first ':' for chromosomes).")]
    public string? Column { get; set; }

    [Description("Regular expression that finds the chromosome, record or leaf in the row's name or FASTA header, for example "
        + "chr[0-9A-Za-z]+; its first group counts where it has one. In place of --column.")]
    public string? Pattern { get; set; }

    [Description("Tree in Newick format, whose leaves are the values of --column. Only for --by clade.")]
    public string? Tree { get; set; }

    [Description("Branches below the root at which the tree is cut into clades. Only for --by clade.")]
    [Range(1, 10_000)]
    public int Depth { get; set; } = 1;

    [Description("Identity from which sequences are alike: 1 - edits / length of the longer, on either strand. Only for --by identity.")]
    [Range(Closeness.LowestIdentity, 1.0)]
    public double Identity { get; set; } = 0.95;

    [Description("Edits up to which sequences are alike, in place of --identity.")]
    [Range(0, 10_000)]
    public int? Edits { get; set; }

    [Description("Share of the rows (bases, for FASTA without labels) held out for development; 0.1 unless splits are named.")]
    [Range(0.0, 0.9)]
    public double? Dev { get; set; }

    [Description("Share held out for test; 0.1 unless splits are named.")]
    [Range(0.0, 0.9)]
    public double? Test { get; set; }

    [Description("Chromosomes, records or clades to train on, by name or pattern (chr*), separated by commas; all that are not held out "
        + "unless set.")]
    public string[] TrainNames { get; set; } = [];

    [Description("Those held out for development.")]
    public string[] DevNames { get; set; } = [];

    [Description("Those held out for test.")]
    public string[] TestNames { get; set; } = [];

    [Description("Writes this many folds, each a folder with train and test, and dev (the next fold) where --dev is more than 0.")]
    [Range(2, 1000)]
    public int? Folds { get; set; }

    [Description("Also writes smaller training files, each within the next: percentages separated by commas, for example 1,3,10,30,50. "
        + "Label by label; dev and test stay as they are.")]
    public string? Subsets { get; set; }

    [Description("Column of the groups, such as species or tissue, to train on one and test on each: writes VALUE/train, dev and test for "
        + "every value ('host benchmark --protocol groups' reads them). --by holds over all of them: what belongs together is in the "
        + "train, dev or test files alone, whatever the group.")]
    public string? Cross { get; set; }

    [Description("Keep the shares of labels alike in all splits as far as groups allow. Labels with more than 100 different values are "
        + "not looked at.")]
    public bool Stratify { get; set; } = true;

    [Description("What goes where follows from this alone.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>Shares of <see cref="Subsets"/>, smallest first.</summary>
    internal IReadOnlyList<double> SubsetShares => Subsets is null ? [] :
        [.. Subsets.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(s => double.Parse(s, System.Globalization.CultureInfo.InvariantCulture) / 100).Order()];

    internal bool Named => TrainNames.Length + DevNames.Length + TestNames.Length > 0;

    internal double DevShare => Dev ?? (Named || Folds is not null ? 0 : 0.1);

    internal double TestShare => Test ?? (Named ? 0 : 0.1);

    /// <summary>The full path of the folder, checked.</summary>
    internal string Folder { get; private set; } = "";

    /// <summary>Turns the paths as they are written into those of files, and refuses an output that cannot be written.</summary>
    internal void Locate(ToolRun run)
    {
        if (Tree is not null) Tree = run.Input(Tree);
        Output = run.Output(Output);
        Folder = ToolRun.Folder(
            Output, Force, SplitTool.Made, [.. PathPatterns.Expand(Data, run.Input), .. Tree is null ? Array.Empty<string>() : [Tree]]);
    }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if ((By == SplitBy.Clade) != (Tree is not null))
            yield return new(By == SplitBy.Clade ? "is needed for --by clade: a file in Newick format." : "only goes with --by clade.",
                [nameof(Tree)]);
        if (Pattern is not null && Column is not null) yield return new("goes without --column; name one of them.", [nameof(Pattern)]);
        if (Pattern is not null && (By is SplitBy.Random or SplitBy.Identity))
            yield return new("goes with --by chromosome, record or clade.", [nameof(Pattern)]);
        if (Pattern is not null && !IsRegex(Pattern)) yield return new($"is no regular expression: '{Pattern}'.", [nameof(Pattern)]);
        if (DevShare + TestShare >= 1) yield return new("and --dev leave nothing to train on.", [nameof(Test)]);
        if (Named && Folds is not null) yield return new("cannot go with --train-names, --dev-names or --test-names.", [nameof(Folds)]);
        if (Named && (By is SplitBy.Random or SplitBy.Identity))
            yield return new("goes with --by chromosome, record or clade, whose groups have names.",
                [DevNames.Length > 0 ? nameof(DevNames) : TestNames.Length > 0 ? nameof(TestNames) : nameof(TrainNames)]);
        if (Folds == 2 && DevShare > 0) yield return new("must be at least 3 where one fold is for development (--dev).", [nameof(Folds)]);
        if (Folds is not null && Test is not null)
            yield return new("does not go with --folds: each fold is the test set once.", [nameof(Test)]);
        if (Folds is not null && Subsets is not null)
            yield return new("does not go with --folds; split without one of them.", [nameof(Subsets)]);
        if (Cross is not null && (Folds is not null || Subsets is not null || Named))
            yield return new("does not go with --folds, --subsets or named splits.", [nameof(Cross)]);
        if (Cross is not null && TestShare <= 0) yield return new("needs a test set of each group: --test more than 0.", [nameof(Cross)]);
        if (DevNames.Length > 0 && Dev > 0) yield return new("cannot go with --dev-names; name them or give a share.", [nameof(Dev)]);
        if (TestNames.Length > 0 && Test > 0) yield return new("cannot go with --test-names; name them or give a share.", [nameof(Test)]);
        if (Subsets is null) yield break;
        foreach (var written in Subsets.Split(',', StringSplitOptions.RemoveEmptyEntries))
            if (!double.TryParse(written, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
                out var percent) || !(percent > 0 && percent < 100))
                yield return new($"must be percentages between 0 and 100 separated by commas, but '{written}' is none.", [nameof(Subsets)]);
    }

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new System.Text.RegularExpressions.Regex(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
