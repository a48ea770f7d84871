using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Classification;

/// <summary>
/// Options of <c>classify</c>. Without <see cref="Classes"/> and <see cref="Labels"/> the classes are the labels of the training split.
/// </summary>
public sealed class ClassifyOptions : SequenceOptions
{
    /// <summary>Number of classes, when the data names them 0, 1, 2, ...; 0 when <see cref="Labels"/> or the data name them.</summary>
    [Range(0, 100_000), Description("Number of classes, when the data writes them 0, 1, 2, ...; or give 'labels'. Without either the "
        + "labels of the training split are the classes.")]
    public int Classes { get; set; }

    /// <summary>Class names in index order.</summary>
    [Description("Class names in index order. Those of the training split, in order, unless set.")]
    public string[] Labels { get; set; } = [];

    /// <summary>How data writes <see cref="Labels"/>.</summary>
    [Description("How data writes the classes that 'labels' names: 'names', 'indices' from 0, or 'auto', told from the training split once "
        + "for all splits: all rows one way.")]
    public LabelForm LabelForm { get; set; } = LabelForm.Auto;

    /// <summary>Share of the target spread evenly over all classes.</summary>
    [Range(0, 0.99), Description("Share of each target spread evenly over all classes.")]
    public double LabelSmoothing { get; set; }

    /// <summary>A factor on each class's loss, in index order; empty for <see cref="Weighting"/>.</summary>
    [Description("A factor on each class's training loss, in index order; empty for what 'weighting' says.")]
    public double[] ClassWeights { get; set; } = [];

    /// <summary>Where <see cref="ClassWeights"/> come from when none are written.</summary>
    [Description(
        "Class weights where 'classWeights' has none: 'none', or 'balanced', rows / (classes * rows of the class) in the training split.")]
    public Weighting Weighting { get; set; } = Weighting.None;

    /// <summary>What happens to a sample whose class no training row has.</summary>
    [Description("A labelled row of another split whose class no training row has: 'error' refuses it, 'score' counts it as wrong.")]
    public Unseen UnseenLabels { get; set; } = Unseen.Error;

    /// <summary>Classes that no training row has; found in the training split.</summary>
    [Description("Classes that no training row has. Found in the training split; nothing to write in a pipeline.")]
    public string[] Untrained { get; set; } = [];

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        var count = Labels.Length > 0 ? Labels.Length : Classes;
        if (count == 1)
            yield return new("give 'classes' (at least 2) or 'labels' (at least 2 names), or neither, for those of the training split.",
                [nameof(Classes)]);
        if (Labels.Length > 0 && Classes > 0 && Classes != Labels.Length)
            yield return new($"'classes' is {Classes} but 'labels' has {Labels.Length} names; leave 'classes' out.", [nameof(Classes)]);
        if (Labels.Distinct().Count() < Labels.Length)
            yield return new("'labels' has a name twice.", [nameof(Labels)]);
        if (LabelForm == LabelForm.Indices && Labels.Length == 0)
            yield return new("is 'indices', but there are no 'labels' for them to stand for.", [nameof(LabelForm)]);
        if (ClassWeights.Length > 0 && count > 0 && ClassWeights.Length != count)
            yield return new($"'classWeights' has {ClassWeights.Length} factors for {count} classes.", [nameof(ClassWeights)]);
        if (ClassWeights.Length > 0 && count == 0)
            yield return new("'classWeights' needs 'labels', so that it is plain which class each is for.", [nameof(ClassWeights)]);
        if (ClassWeights.Any(w => !(w > 0) || !double.IsFinite(w)))
            yield return new("'classWeights' must be positive numbers.", [nameof(ClassWeights)]);
    }
}
