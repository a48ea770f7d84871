using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>Options of <c>dna-multitask</c>.</summary>
public sealed class MultiTaskDnaOptions : IValidatableObject
{
    /// <summary>How often a sequence is given to next-token prediction alone, in proportion to the other two.</summary>
    [Range(0, 1000), Description("How often a sequence is used for next-token prediction alone, in proportion to 'gc' and 'order'. Next "
        + "tokens of the sequences of the other tasks are asked for as well. The paper states no proportions.")]
    public double NextToken { get; set; } = 1;

    /// <summary>How often for GC content.</summary>
    [Range(0, 1000), Description("How often a sequence is used for its GC content; 0 leaves the task and its head out.")]
    public double Gc { get; set; } = 1;

    /// <summary>How often for order.</summary>
    [Range(0, 1000), Description("How often a sequence is used for its order; 0 leaves the task out.")]
    public double Order { get; set; } = 1;

    /// <summary>Probability that a sequence of the order task is flipped.</summary>
    [Range(0.01, 0.99), Description("Probability that a sequence of the order task is flipped.")]
    public double FlipProbability { get; set; } = 0.5;

    /// <summary>Weight of the squared error of the GC content: the paper's lambda.</summary>
    [Range(0.0, 1e6), Description("Weight of the mean squared error of GC contents (shares of 0 to 1): the paper's lambda.")]
    public float GcWeight { get; set; } = 0.01f;

    /// <summary>
    /// One mean cross-entropy over all tokens asked for, order's answers included, as in the paper's equation 1; else a mean for each task.
    /// </summary>
    [Description("Take one mean cross-entropy over next tokens and order's answers together, as the paper's equation 1 has it: an answer "
        + "weighs as much as any token. Without it each of the two has a mean of its own.")]
    public bool PooledCrossEntropy { get; set; } = true;

    /// <summary>Weight of the mean cross-entropy of order's answers where it is apart.</summary>
    [Range(0.0, 1e6), Description("Weight of the mean cross-entropy of order's answers, with 'pooledCrossEntropy: false'.")]
    public float OrderWeight { get; set; } = 1;

    /// <summary>Largest share of N.</summary>
    [Range(0.0, 1.0), Description("Largest share of N in a sequence; those with more are left out and counted.")]
    public double MaxN { get; set; } = 0.05;

    /// <summary>Shortest stretch whose GC content is asked for.</summary>
    [Range(1, 1 << 24), Description("Fewest bases of the random stretch whose GC content is asked for.")]
    public int ShortestStretch { get; set; } = 30;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NextToken + Gc + Order <= 0)
            yield return new("'nextToken', 'gc' and 'order' are all 0; at least one task must be above.", [nameof(NextToken)]);
        if (PooledCrossEntropy && OrderWeight != 1)
            yield return new("only goes with 'pooledCrossEntropy: false'.", [nameof(OrderWeight)]);
    }
}
