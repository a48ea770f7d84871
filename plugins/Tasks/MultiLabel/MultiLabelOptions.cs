using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.MultiLabel;

/// <summary>Options of <c>multi-label</c>.</summary>
public sealed class MultiLabelOptions : SequenceOptions
{
    /// <summary>Fields that hold the labels.</summary>
    [MinLength(1), Description("Fields that hold the labels: one with a list of names or of zeros and ones, or one of 0 or 1 for each "
        + "label; * and ? stand for parts of a name.")]
    public string[] Fields { get; set; } = [Sample.LabelField];

    /// <summary>How the labels are written.</summary>
    [Description("How the labels are written: 'flags', a 0 or 1 for each (NA where unknown), 'names', those that hold, or 'auto', told "
        + "from the training split.")]
    public LabelFormat Format { get; set; } = LabelFormat.Auto;

    /// <summary>Label names in order; found in the training split unless set.</summary>
    [Description("Label names in order. Those of the training split unless set; for flags in one cell label_0, label_1, ...")]
    public string[] Labels { get; set; } = [];

    /// <summary>Factor on the loss of labels that hold.</summary>
    [Range(1e-6, 1e6), Description("Factor on the loss of labels that hold: 8 in Genomics-FM's 919 chromatin features.")]
    public double PositiveWeight { get; set; } = 1;

    /// <summary>The same label by label; empty for <see cref="PositiveWeight"/>.</summary>
    [Description("The same label by label, in order; empty for 'positiveWeight' everywhere.")]
    public double[] PositiveWeights { get; set; } = [];

    /// <summary>Where <see cref="PositiveWeights"/> come from when none are written.</summary>
    [Description("Weights where 'positiveWeights' has none: 'none', which leaves 'positiveWeight', or 'balanced', rows without the label / "
        + "rows with it.")]
    public Weighting Weighting { get; set; } = Weighting.None;

    /// <summary>What happens to a sample with a label that no training row has.</summary>
    [Description("A row of another split with a label that holds in no training row: 'error' refuses it, 'score' scores it.")]
    public Unseen UnseenLabels { get; set; } = Unseen.Error;

    /// <summary>Labels that hold in no training row; found in the training split.</summary>
    [Description("Labels that hold in no training row. Found in the training split; nothing to write in a pipeline.")]
    public string[] Untrained { get; set; } = [];

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if (Labels.Distinct().Count() < Labels.Length) yield return new("'labels' has a name twice.", [nameof(Labels)]);
        if (PositiveWeights.Length > 0 && PositiveWeights.Length != Labels.Length)
            yield return new($"'positiveWeights' has {PositiveWeights.Length} factors for {Labels.Length} 'labels'; give one each.",
                [nameof(PositiveWeights)]);
        if (PositiveWeights.Any(w => !(w > 0) || !double.IsFinite(w)))
            yield return new("'positiveWeights' must be positive numbers.", [nameof(PositiveWeights)]);
    }
}
