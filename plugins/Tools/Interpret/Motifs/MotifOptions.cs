using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Motifs;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Interpret.Motifs;

/// <summary>Options of <c>host interpret motifs</c>.</summary>
[Example("host interpret motifs runs/fly test.csv --output motifs --class 1")]
[Example("host interpret motifs runs/fly test.csv --output motifs --class 1 --scores scores.tsv --compare jaspar.txt")]
public sealed class MotifOptions : InputOptions
{
    /// <summary>The folder to write.</summary>
    [Required, ValueName("FOLDER"), Description("The folder to write: motifs.meme, motifs.jaspar, tables, logos and report.html.")]
    public string Output { get; set; } = "";

    /// <summary>Which class has the motifs.</summary>
    [Required, Description("The value of --by whose sequences should have the motifs; all others are the negatives.")]
    public string Class { get; set; } = "";

    /// <summary>The field of the classes.</summary>
    [Description("The field that tells the classes.")]
    public string By { get; set; } = Sample.LabelField;

    /// <summary>Scores of bases.</summary>
    [ValueName("FILE")]
    [Description("Scores of bases, a table with columns id, position (0-based) and, as the last or as --column, a score; the attention of "
        + "the model's last layer unless set.")]
    public string? Scores { get; set; }

    /// <summary>Which column.</summary>
    [Description("The column of --scores that holds the score; its last unless set.")]
    public string? Column { get; set; }

    /// <summary>Which layer.</summary>
    [Range(1, 10_000), Description("Whose attention, counted from 1; the last layer's unless set.")]
    public int? Layer { get; set; }

    /// <summary>How far regions stand out.</summary>
    [Range(0.0, 10.0)]
    [Description(
        "Regions lie so many standard deviations above the sequence's mean score; unless set above the mean and ten times the least "
        + "(DNABERT's rule).")]
    public double? Deviations { get; set; }

    /// <summary>Fewest bases of a region and of a word.</summary>
    [Range(3, 50), Description("Fewest bases of a region, and of a word that is tested.")]
    public int Shortest { get; set; } = 5;

    /// <summary>Bases around a site.</summary>
    [Range(4, 200), Description("Bases of the windows that a matrix is made of, before its ends are trimmed.")]
    public int Around { get; set; } = 24;

    /// <summary>Most false discoveries.</summary>
    [Range(1e-12, 0.5), Description("Most false discoveries among words, as a share (Benjamini and Hochberg).")]
    public double MostFalse { get; set; } = 0.005;

    /// <summary>Fewest sites.</summary>
    [Range(1, 100_000), Description("Fewest sites of a motif.")]
    public int FewestSites { get; set; } = 3;

    /// <summary>Known motifs.</summary>
    [ValueName("FILE"), Description("Motifs to compare with: a MEME or JASPAR file.")]
    public string? Compare { get; set; }

    /// <summary>How columns are compared.</summary>
    [Description("How columns of matrices are compared.")]
    public ColumnScore ColumnScore { get; set; } = ColumnScore.Pearson;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in base.Validate(validationContext)) yield return wrong;
        if (Column is not null && Scores is null) yield return new("goes with --scores.", [nameof(Column)]);
        if (Layer is not null && Scores is not null)
            yield return new("goes with the model's attention; leave --scores out.", [nameof(Layer)]);
    }
}
