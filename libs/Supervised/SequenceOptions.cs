using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Libs.Supervised;

/// <summary>
/// Options of every objective that predicts something of a whole sequence: what it reads beside the sequence, and what stands for it.
/// </summary>
public abstract class SequenceOptions : IValidatableObject
{
    /// <summary>What stands for the sequence.</summary>
    [Description("What stands for the sequence: 'cls', the pooled [CLS] vector as published, 'mean' over its tokens, their 'max', where it "
        + "counts what is there, the means over 'parts', side by side, where it counts what stands where, or 'max-parts', both.")]
    public Pooling Pooling { get; set; } = Pooling.Cls;

    /// <summary>Parts of <see cref="Pooling.Parts"/>.</summary>
    [Range(2, 4096), Description("With 'pooling: parts' and 'max-parts', how many equal parts: splice sites and starts of genes are at "
        + "one place of their windows.")]
    public int Parts { get; set; } = 10;

    /// <summary>Leaves special tokens out of whatever is pooled of tokens.</summary>
    [Description("Leave [CLS] and [SEP] out of what is pooled; 'pooling: cls' reads nothing else.")]
    public bool SkipSpecialTokens { get; set; }

    /// <summary>Share of the pooled vector dropped in training.</summary>
    [Range(0, 0.99), Description("Dropout before the linear layer.")]
    public double Dropout { get; set; } = 0.1;

    /// <summary>Field of a second sequence; null for one sequence a sample.</summary>
    [Description("Field that holds a second sequence: it is encoded behind the first and a separator, with token types where the "
        + "architecture has them.")]
    public string? Pair { get; set; }

    /// <summary>Fields of numbers beside the sequence.</summary>
    [Description("Fields with numbers beside the sequence, in order: half-lives, expression levels. A field may hold one number or "
        + "several; * and ? stand for parts of a name.")]
    public string[] Features { get; set; } = [];

    /// <summary>Units of a hidden layer over the features; 0 for none.</summary>
    [Range(0, 65_536), Description("Units of a layer (linear, ReLU) that the features pass before they stand beside the sequence's vector; "
        + "0 puts them there as they are.")]
    public int FeatureWidth { get; set; }

    /// <summary>Mean of each feature, which is subtracted; empty until fitted.</summary>
    [Description("Mean of each feature, which is subtracted; that of the training split unless set.")]
    public double[] FeatureMeans { get; set; } = [];

    /// <summary>Deviation of each feature, by which it is divided; empty until fitted.</summary>
    [Description("Standard deviation of each feature, by which it is divided; that of the training split unless set.")]
    public double[] FeatureDeviations { get; set; } = [];

    /// <summary>Word length of the k-mer baseline.</summary>
    [Range(1, 8), Description("Word length of the k-mer regression that results are printed beside.")]
    public int BaselineK { get; set; } = 5;

    /// <summary>Fields of numbers that baselines read where the tokenizer reads them for the model.</summary>
    [Description("Fields with numbers that the baselines read beside k-mers where the tokenizer reads them for the model, as in DNAGPT's "
        + "token language; those of 'features' are read anyway.")]
    public string[] BaselineFeatures { get; set; } = [];

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FeatureMeans.Length != FeatureDeviations.Length)
            yield return new($"'featureMeans' has {FeatureMeans.Length} numbers and 'featureDeviations' {FeatureDeviations.Length}; give "
                + "one of each a feature, or leave both out.", [nameof(FeatureMeans)]);
        if (Features.Length == 0 && (FeatureMeans.Length > 0 || FeatureWidth > 0))
            yield return new("is empty, but 'featureMeans' or 'featureWidth' is set; name the fields, or leave those out.",
                [nameof(Features)]);
        if (FeatureDeviations.Any(d => !(d > 0) || !double.IsFinite(d)) || !FeatureMeans.All(double.IsFinite))
            yield return new("must be positive numbers, and 'featureMeans' finite ones.", [nameof(FeatureDeviations)]);
    }

    /// <summary>
    /// Whether any head that predicts from the sequence's last state would do: nothing that only the default head does is asked for.
    /// </summary>
    public bool TakesAnyHead => Features.Length == 0 && Pooling == Pooling.Cls;

    /// <summary>The options of the default head for so many outputs.</summary>
    /// <param name="outputs">The head's own name of their number, and the number.</param>
    public Dictionary<string, object?> HeadOptions((string Name, int Count) outputs)
    {
        var head = new Dictionary<string, object?>
        {
            [outputs.Name] = (long)outputs.Count,
            ["pooling"] = Pooling.Name(),
            ["skipSpecialTokens"] = SkipSpecialTokens,
            ["dropout"] = Dropout,
        };
        if (Pooling is Pooling.Parts or Pooling.MaxParts) head["parts"] = (long)Parts;
        if (Features.Length == 0) return head;
        head["features"] = (long)FeatureMeans.Length;
        head["featureWidth"] = (long)FeatureWidth;
        return head;
    }
}
