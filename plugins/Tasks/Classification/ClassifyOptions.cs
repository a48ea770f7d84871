using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Classification;

/// <summary>Options of <c>classify</c>. Give <see cref="Classes"/> or <see cref="Labels"/>.</summary>
public sealed class ClassifyOptions : IValidatableObject
{
    /// <summary>Number of classes, when the data names them 0, 1, 2, ...; 0 when <see cref="Labels"/> names them.</summary>
    [Range(0, 100_000), Description("Number of classes, when the data writes them 0, 1, 2, ...; or give 'labels'.")]
    public int Classes { get; set; }

    /// <summary>Class names in index order; data may write a name or its index.</summary>
    [Description("Class names in index order; data may write the name or its index.")]
    public string[] Labels { get; set; } = [];

    /// <summary>What stands for the sequence.</summary>
    [Description("What stands for the sequence: 'cls', the pooled [CLS] vector as published, or 'mean' over its tokens.")]
    public Pooling Pooling { get; set; } = Pooling.Cls;

    /// <summary>Leaves special tokens out of <see cref="Pooling.Mean"/>.</summary>
    [Description("With 'pooling: mean', leave [CLS] and [SEP] out of the mean.")]
    public bool SkipSpecialTokens { get; set; }

    /// <summary>Share of the pooled vector dropped in training.</summary>
    [Range(0, 0.99), Description("Dropout before the linear layer.")]
    public double Dropout { get; set; } = 0.1;

    /// <summary>Share of the target spread evenly over all classes.</summary>
    [Range(0, 0.99), Description("Share of each target spread evenly over all classes.")]
    public double LabelSmoothing { get; set; }

    /// <summary>A factor on each class's loss, in index order; empty for none. Balanced: rows / (classes * rows of the class).</summary>
    [Description("A factor on each class's training loss, in index order; balanced is rows / (classes * rows of that class). Empty for none.")]
    public double[] ClassWeights { get; set; } = [];

    /// <summary>Word length of the logistic-regression baseline.</summary>
    [Range(1, 8), Description("Word length of the k-mer logistic regression that results are printed beside.")]
    public int BaselineK { get; set; } = 5;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var count = Labels.Length > 0 ? Labels.Length : Classes;
        if (count < 2)
            yield return new("give 'classes' (at least 2) or 'labels' (at least 2 names).", [nameof(Classes)]);
        if (Labels.Length > 0 && Classes > 0 && Classes != Labels.Length)
            yield return new($"'classes' is {Classes} but 'labels' has {Labels.Length} names; leave 'classes' out.", [nameof(Classes)]);
        if (Labels.Distinct().Count() < Labels.Length)
            yield return new("'labels' has a name twice.", [nameof(Labels)]);
        if (ClassWeights.Length > 0 && ClassWeights.Length != count)
            yield return new($"'classWeights' has {ClassWeights.Length} factors for {count} classes.", [nameof(ClassWeights)]);
        if (ClassWeights.Any(w => !(w > 0) || !double.IsFinite(w)))
            yield return new("'classWeights' must be positive numbers.", [nameof(ClassWeights)]);
    }
}
