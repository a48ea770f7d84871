using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Attribution.Gradients;
using PluginHost.Libs.Tools.Input;
using PluginHost.Plugins.Interpret.Tables;

namespace PluginHost.Plugins.Interpret.Attribution;

/// <summary>How attribution is computed.</summary>
public enum Method
{
    /// <summary>Every substitution: mean and largest effect.</summary>
    Saturation,

    /// <summary>Gradient times input, at the embeddings.</summary>
    Gradient,

    /// <summary>Integrated gradients, at the embeddings.</summary>
    Integrated,

    /// <summary>Attention rollout.</summary>
    Rollout,

    /// <summary>The last layer's attention of the classification token.</summary>
    Attention,
}

/// <summary>Options of <c>host interpret attribute</c>.</summary>
[Example("host interpret attribute runs/fly sites.fa --output attribution")]
[Example("host interpret attribute runs/fly sites.fa --output attribution --class donor --steps 64")]
[Example("host interpret attribute runs/fly sites.fa --output attribution --cascade --table parquet")]
public sealed class AttributeOptions : InputOptions
{
    /// <summary>The folder to make.</summary>
    [Required, Description("The folder to make: scores, agreement.tsv, shuffled.tsv, report.html, and logos/ of the first sequences.")]
    public string Output { get; set; } = "";

    /// <summary>How scores are written.</summary>
    [Description("The format of scores, a row a base.")]
    public BaseTableFormat Table { get; set; } = BaseTableFormat.Tsv;

    /// <summary>Which methods.</summary>
    [Description("Methods; may be repeated. All that the model serves unless set.")]
    public Method[] Method { get; set; } = [];

    /// <summary>What is attributed.</summary>
    [Description("The class or output that is attributed; the one that is predicted for the sequence unless set.")]
    public string? Class { get; set; }

    /// <summary>Where integrated gradients start.</summary>
    [Description(
        "What integrated gradients start from in place of each token of bases: mask where the vocabulary has one, else mean, unless "
        + "set.")]
    public Baseline? Baseline { get; set; }

    /// <summary>Of integrated gradients.</summary>
    [Range(1, 10_000), Description("Steps of integrated gradients. Default 32.")]
    public int Steps { get; set; } = 32;

    /// <summary>How many logos.</summary>
    [Range(0, 10_000), Description("Sequences to draw logos of, the first ones. Default 10.")]
    public int Logos { get; set; } = 10;

    /// <summary>How many the check takes.</summary>
    [Range(0, 1_000_000),
        Description("Sequences, the first ones, that are attributed again with shuffled weights, to see whether attribution owes "
        + "anything to what was learnt; 0 leaves that out. Default 20.")]
    public int Check { get; set; } = 20;

    /// <summary>Shuffles stage by stage.</summary>
    [Description("Shuffle weights from the output to the input, a layer more each time, in place of all at once (cascading randomisation); "
        + "takes as many times as long as there are layers, and two.")]
    public bool Cascade { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var failure in base.Validate(validationContext)) yield return failure;
        if (BothStrands) yield return new("does not go with attribution, which is of the sequence as it is given.", [nameof(BothStrands)]);
    }
}
