using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.DataTools.Rows;

/// <summary>Which columns of a table are what: the same options as the <c>table</c> source's.</summary>
internal abstract class RowOptions : IValidatableObject
{
    [Description("Column of the sequences. FASTA files need none.")]
    [Required]
    public string Sequence { get; set; } = "sequence";

    [Description("Column of the labels; 'none' for tables without. The label of a FASTA record is what follows the last '|' of its name, "
        + "where there is one.")]
    [Required]
    public string Label { get; set; } = "label";

    [Description("Column of unique row names; the row's number names it unless set.")]
    public string? Id { get; set; }

    [Description("What separates cells: comma, tab, semicolon, or a character; told by the file's name or header unless set.")]
    public string? Separator { get; set; }

    /// <summary>For the table reader.</summary>
    internal TableLayout Layout => new()
    {
        Sequence = Sequence, Label = Label, Id = Id, Separator = Separator, Option = (option, column) => $"--{option} {column}"
    };

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Separator is not null && Separators.Parse(Separator) is null)
            yield return new($"must be comma, tab, semicolon or one character, but is '{Separator}'.", [nameof(Separator)]);
    }
}
