using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>Options of the <c>paired-fasta</c> source.</summary>
internal sealed class PairedFastaOptions : HeldOutOptions, IValidatableObject
{
    [Description("Two files of the training split: the sequences, and what belongs to them, under the same names.")]
    public string[] Train { get; set; } = [];

    [Description("Two files of the development split.")]
    public string[] Dev { get; set; } = [];

    [Description("Two files of the test split.")]
    public string[] Test { get; set; } = [];

    [Description("Field that holds the sequence of the second file.")]
    [Required]
    public string Field { get; set; } = "target";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, files) in ((string, string[])[])[(nameof(Train), Train), (nameof(Dev), Dev), (nameof(Test), Test)])
            if (files.Length is not (0 or 2))
                yield return new($"needs two files, the sequences and what belongs to them, but has {files.Length}.", [name]);
        if (Train.Length + Dev.Length + Test.Length == 0) yield return new("needs two files, or dev or test does.", [nameof(Train)]);
        if (DevShare > 0 && Dev.Length > 0) yield return new("cannot go with 'dev'; name files or give a share.", [nameof(DevShare)]);
    }
}
