using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.TokenLabels;

/// <summary>Options of <c>token-labels</c>.</summary>
public sealed class TokenLabelsOptions : IValidatableObject
{
    /// <summary>Field with a label for every base.</summary>
    [Required, Description("Field with a label for every base: a text with one letter a base, or a number for each.")]
    public string Field { get; set; } = "labels";

    /// <summary>Letters of the classes in index order; found in the training split unless set.</summary>
    [Description("The letters that stand for the classes, in index order, the background first: '.DA'. Those of the training split unless "
        + "set, the most frequent first.")]
    public string Letters { get; set; } = "";

    /// <summary>Names of the classes; the letters unless set.</summary>
    [Description("Names of the classes, in the order of 'letters': [ neither, donor, acceptor ]. The letters themselves unless set.")]
    public string[] Names { get; set; } = [];

    /// <summary>Letter of bases without a label.</summary>
    [Description("Letter of bases whose class is not known: they count in neither loss nor figures.")]
    public string Unknown { get; set; } = "?";

    /// <summary>What is given a class.</summary>
    [Description(
        "What is given a class: 'base', each base by the mean over the tokens that cover it, or 'token', each token by its bases.")]
    public Level Level { get; set; } = Level.Base;

    /// <summary>Which of its bases' classes a token has.</summary>
    [Description("With 'level: token', which of its bases' classes a token has: 'any' that is not the background, the 'majority', that of "
        + "the 'centre' or the 'first' base.")]
    public TokenClass TokenClass { get; set; } = TokenClass.Any;

    /// <summary>Share of each token's vector dropped in training.</summary>
    [Range(0, 0.99), Description("Dropout before the linear layer.")]
    public double Dropout { get; set; } = 0.1;

    /// <summary>A factor on each class's loss; empty for <see cref="Weighting"/>.</summary>
    [Description("A factor on each class's training loss, in index order; empty for what 'weighting' says.")]
    public double[] ClassWeights { get; set; } = [];

    /// <summary>Where <see cref="ClassWeights"/> come from when none are written.</summary>
    [Description("Class weights where 'classWeights' has none: 'none', or 'balanced', bases / (classes * bases of the class) in the "
        + "training split.")]
    public Weighting Weighting { get; set; } = Weighting.None;

    /// <summary>What happens to a row with a class that no training row has.</summary>
    [Description("A row of another split with a class that no training row has: 'error' refuses it, 'score' counts it as wrong.")]
    public Unseen UnseenLabels { get; set; } = Unseen.Error;

    /// <summary>Letters of classes that no training base has; found in the training split.</summary>
    [Description("Letters of classes that no training base has. Found in the training split; nothing to write in a pipeline.")]
    public string Untrained { get; set; } = "";

    /// <summary>Bases on either side that the baseline looks at.</summary>
    [Range(1, 100), Description("Bases on either side that the weight-array baseline looks at.")]
    public int BaselineFlank { get; set; } = 15;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Unknown.Length > 1) yield return new("must be one letter, or empty for none.", [nameof(Unknown)]);
        if (Letters.Length == 1)
            yield return new("must hold at least two letters, or none for those of the training split.", [nameof(Letters)]);
        if (Letters.Distinct().Count() < Letters.Length) yield return new("has a letter twice.", [nameof(Letters)]);
        if (Unknown.Length == 1 && Letters.Contains(Unknown[0]))
            yield return new($"has '{Unknown}', which stands for bases without a label; choose another for 'unknown'.", [nameof(Letters)]);
        if (Names.Length > 0 && Names.Length != Letters.Length)
            yield return new($"'names' has {Names.Length} names for {Letters.Length} 'letters'; give 'letters', and one name each.",
                [nameof(Names)]);
        if (ClassWeights.Length > 0 && ClassWeights.Length != Letters.Length)
            yield return new($"'classWeights' has {ClassWeights.Length} factors for {Letters.Length} 'letters'; give one each.",
                [nameof(ClassWeights)]);
        if (ClassWeights.Any(w => !(w > 0) || !double.IsFinite(w)))
            yield return new("'classWeights' must be positive numbers.", [nameof(ClassWeights)]);
    }
}
