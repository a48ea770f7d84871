using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>Options of <c>dna-multitask</c>.</summary>
public sealed class MultiTaskDnaOptions : IValidatableObject
{
    /// <summary>How often a sequence is given to next-token prediction alone, in proportion to the other two.</summary>
    [Range(0, 1000), Description("How often a sequence is used for next-token prediction alone, in proportion to 'gc' and 'order'. Next "
        + "tokens of the sequences of the other tasks are asked for as well. The words of a sequence are asked for, each from the tokens "
        + "before it, the species included; instructions and connections (species, =, M, B) are given and never asked for. The "
            + "paper states "
        + "neither proportions nor which tokens are asked for.")]
    public double NextToken { get; set; } = 1;

    /// <summary>How often for GC content.</summary>
    [Range(0, 1000), Description("How often a sequence is used for its GC content; 0 leaves the task and its head out. The model reads a "
        + "stretch of random length and place and then '= M', and the number head answers at M with the share of G and C among the "
        + "stretch's A, C, G and T. The paper has both a stretch of the input (section 1) and the value after reading the entire sequence "
        + "(3.1); here the stretch is the input.")]
    public double Gc { get; set; } = 1;

    /// <summary>How often for order.</summary>
    [Range(0, 1000),
        Description("How often a sequence is used for its order; 0 leaves the task out. The model reads the sequence, flipped or "
        + "not, and then '= B', and the token head answers at B: A (true) for a flipped sequence, N for one as it is (2.2 and "
            + "figure S2; the "
        + "released code has no pretraining, and its classifiers use A and N the other way round).")]
    public double Order { get; set; } = 1;

    /// <summary>Which sequences are flipped.</summary>
    [Description(
        "Which sequences are flipped at random, that is read from their end, base by base, without complement. 'every': those of all "
        + "three tasks, as the paper samples (section 9), so that next tokens are asked for in both directions; 'order': those "
            + "of the order "
        + "task alone.")]
    public FlippedSequences Flip { get; set; } = FlippedSequences.Every;

    /// <summary>Probability that a sequence is flipped.</summary>
    [Range(0.01, 0.99), Description("Probability that such a sequence is flipped; the paper's 0.5.")]
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

/// <summary>Which sequences are flipped at random.</summary>
public enum FlippedSequences
{
    /// <summary>Those of every task.</summary>
    Every,

    /// <summary>Those of the order task.</summary>
    Order,
}
