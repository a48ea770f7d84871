using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>Options of the <c>labelled-fasta</c> source.</summary>
internal sealed class LabelledFastaOptions : HeldOutOptions, IValidatableObject
{
    [Description("A folder with train, dev and test files (.fna, .fa or .fasta, also .gz); dev may be called valid, val or validation.")]
    public string? Folder { get; set; }

    [Description("File of the training split.")]
    public string? Train { get; set; }

    [Description("File of the development split.")]
    public string? Dev { get; set; }

    [Description("File of the test split.")]
    public string? Test { get; set; }

    [Description("What stands between a record's name and its label: >NAME|LABEL.")]
    [Required, MinLength(1)]
    public string Separator { get; set; } = "|";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var files = Train is not null || Dev is not null || Test is not null;
        if (files == Folder is not null)
            yield return new("needs either folder, or train with dev and test (a file each).", [nameof(Folder)]);
        if (DevShare > 0 && Dev is not null) yield return new("cannot go with 'dev'; name a file or give a share.", [nameof(DevShare)]);
    }
}
