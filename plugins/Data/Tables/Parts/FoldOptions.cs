using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Tables.Parts;

/// <summary>Options of the <c>fold</c> source.</summary>
internal sealed class FoldOptions : IFoldOptions, IValidatableObject
{
    [Description("The data that is divided: any data source, { use: NAME, ... }.")]
    [Required]
    public ComponentSpec? Data { get; set; }

    [Description("Folds.")]
    [Range(2, 1000)]
    public int Folds { get; set; } = 10;

    [Description("Which of them is the test split, from 1.")]
    [Range(1, 1000)]
    public int Fold { get; set; } = 1;

    [Description("Splits of the data that are pooled and then divided; those it does not have are passed over.")]
    [MinLength(1)]
    public Split[] Pool { get; set; } = [Split.Train, Split.Dev, Split.Test];

    [Description("Whether the fold after the test fold is the dev split, so that nothing is chosen on test; needs at least 3 folds. "
        + "Otherwise the dev split is the data's own if it is not pooled, else there is none.")]
    public bool Dev { get; set; } = true;

    [Description("Which rows are in which fold follows from this alone, so that runs with different seeds have the same folds.")]
    public ulong SplitSeed { get; set; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Fold > Folds) yield return new($"must be 1 to {Folds}, the number of folds, but is {Fold}.", [nameof(Fold)]);
        if (Dev && Folds < 3)
            yield return new("needs at least 3 folds with 'dev: true': one to test on, one to choose on, and one to train on.",
                [nameof(Folds)]);
        if (Pool.Distinct().Count() < Pool.Length) yield return new("names a split twice.", [nameof(Pool)]);
    }
}
