using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Interpret.Embeddings;

/// <summary>How far apart two vectors are.</summary>
public enum VectorDistance
{
    /// <summary>1 - the cosine of their angle.</summary>
    Cosine,

    /// <summary>Euclid's.</summary>
    Euclidean,
}

/// <summary>Options of <c>host interpret embeddings</c>.</summary>
[Example("host interpret embeddings runs/fly test.csv --output map")]
[Example("host interpret embeddings runs/fly test.csv --output map --by species --layer 2 --neighbours 1 --neighbours 50")]
public sealed class EmbeddingOptions : InputOptions
{
    /// <summary>The folder to write.</summary>
    [Required, ValueName("FOLDER"), Description("The folder to write: coordinates.tsv, separation.tsv, map.svg and report.html.")]
    public string Output { get; set; } = "";

    /// <summary>What tells the classes.</summary>
    [ValueName("FIELD"), Description("The field whose values are the classes.")]
    public string By { get; set; } = Sample.LabelField;

    /// <summary>How tokens become one vector.</summary>
    [Description("Vector of a sequence: mean, over the tokens that stand for bases; cls, the classification token's; last, that of the "
        + "last token, special or not.")]
    public Pooling Pooling { get; set; } = Pooling.Mean;

    /// <summary>Which states.</summary>
    [Range(0, 10_000), Description("Whose states: 0 the embeddings', 1 the first layer's, and so on; the model's output unless set.")]
    public int? Layer { get; set; }

    /// <summary>How many neighbours vote.</summary>
    [Description("How many nearest neighbours tell the class of a sequence; may be repeated. 1, 5 and 20 unless set.")]
    public int[] Neighbours { get; set; } = [];

    /// <summary>How far apart two vectors are.</summary>
    [Description("How far apart two vectors are, for neighbours.")]
    public VectorDistance Distance { get; set; } = VectorDistance.Cosine;

    /// <summary>Most sequences.</summary>
    [Range(10, 50_000)]
    [Description("Most sequences, taken evenly over the input where it has more: each is compared with each, and all vectors are held.")]
    public int Most { get; set; } = 5000;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in base.Validate(validationContext)) yield return wrong;
        foreach (var wrong in Neighbours.Where(k => k is < 1 or > 1000))
            yield return new($"must be 1 to 1000, but is {wrong}.", [nameof(Neighbours)]);
    }
}
