using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Regression;

/// <summary>Options of <c>regress</c>.</summary>
public sealed class RegressOptions : SequenceOptions
{
    /// <summary>Fields that hold the targets.</summary>
    [MinLength(1), Description("Fields that hold the targets, one number each or several; * and ? stand for parts of a name.")]
    public string[] Targets { get; set; } = [Sample.LabelField];

    /// <summary>What is taken of a target before anything else.</summary>
    [Description("What is taken of a target before anything else: 'none', 'log10', 'log2' or 'ln' of it and the pseudocount (DNAGPT and "
        + "Xpresso: log10 of mRNA abundance + 0.1). Predictions and figures are on that scale.")]
    public Transform Transform { get; set; } = Transform.None;

    /// <summary>Added to a target before its logarithm.</summary>
    [Range(0.0, 1e9), Description("Added to a target before its logarithm.")]
    public double Pseudocount { get; set; } = 0.1;

    /// <summary>What is minimised.</summary>
    [Description("What is minimised of the errors in deviations of the target: 'squared', 'absolute', or 'huber', squared up to 1 and "
        + "absolute beyond.")]
    public RegressionLoss Loss { get; set; } = RegressionLoss.Squared;

    /// <summary>What happens to a missing target.</summary>
    [Description("A target that is empty, NA or NaN: 'error' refuses the row, 'skip' leaves that target of it out of loss and figures.")]
    public MissingTargets MissingTargets { get; set; } = MissingTargets.Error;

    /// <summary>Names of the outputs; found in the training split.</summary>
    [Description("Names of the outputs. Those of the fields unless set.")]
    public string[] Outputs { get; set; } = [];

    /// <summary>Mean of each target; empty until fitted.</summary>
    [Description("Mean of each target, which the model predicts the distance from; that of the training split unless set.")]
    public double[] TargetMeans { get; set; } = [];

    /// <summary>Deviation of each target; empty until fitted.</summary>
    [Description("Standard deviation of each target, in which that distance is measured; that of the training split unless set.")]
    public double[] TargetDeviations { get; set; } = [];

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if (TargetMeans.Length != TargetDeviations.Length)
            yield return new($"'targetMeans' has {TargetMeans.Length} numbers and 'targetDeviations' {TargetDeviations.Length}; give one "
                + "of each a target, or leave both out.", [nameof(TargetMeans)]);
        if (TargetMeans.Length > 0 && Outputs.Length > 0 && TargetMeans.Length != Outputs.Length)
            yield return new($"'targetMeans' has {TargetMeans.Length} numbers for {Outputs.Length} 'outputs'; give one each.",
                [nameof(TargetMeans)]);
        if (TargetDeviations.Any(d => !(d > 0) || !double.IsFinite(d)) || !TargetMeans.All(double.IsFinite))
            yield return new("must be positive numbers, and 'targetMeans' finite ones.", [nameof(TargetDeviations)]);
        if (Outputs.Distinct().Count() < Outputs.Length) yield return new("'outputs' has a name twice.", [nameof(Outputs)]);
    }
}

/// <summary>What is taken of a target before anything else.</summary>
public enum Transform
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Decimal logarithm.</summary>
    Log10,

    /// <summary>Binary logarithm.</summary>
    Log2,

    /// <summary>Natural logarithm.</summary>
    Ln,
}

/// <summary>What is minimised.</summary>
public enum RegressionLoss
{
    /// <summary>Squared errors.</summary>
    Squared,

    /// <summary>Absolute errors.</summary>
    Absolute,

    /// <summary>Half the squared error up to 1, absolute beyond (Huber 1964).</summary>
    Huber,
}

/// <summary>What happens to a missing target.</summary>
public enum MissingTargets
{
    /// <summary>The row is refused.</summary>
    Error,

    /// <summary>That target is left out.</summary>
    Skip,
}
