using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Embed;

/// <summary>What one vector stands for.</summary>
public enum Of
{
    /// <summary>A sequence.</summary>
    Sequence,

    /// <summary>A token, with the bases it covers.</summary>
    Token,
}

/// <summary>Options of <c>host embed</c>.</summary>
[Example("host embed runs/fly sequences.fa --output vectors.tsv")]
[Example("host embed runs/fly/model sequences.csv --output vectors.npz --pooling cls --layer 8")]
[Example("host embed runs/fly genome.fa.gz --output tokens.parquet --of token --overlap 100")]
[Example("host embed runs/fly peaks.bed --genome genome.fa.gz --window 200 --both-strands --output peaks.parquet")]
[Example("host embed runs/fly peaks.tsv more/*.tsv --output vectors.npz --data sequence=DNA")]
public sealed class EmbedOptions : InputOptions
{
    /// <summary>The file to write.</summary>
    [Required, Description("The file to write: .tsv, .csv or .jsonl (and .gz after it), .parquet or .npz (numpy).")]
    public string Output { get; set; } = "";

    /// <summary>Writes what is no number.</summary>
    [Description("Write vectors with values that are not finite all the same, and count them; otherwise they end the command.")]
    public bool AllowNan { get; set; }

    /// <summary>What a vector stands for.</summary>
    [Description("One vector per sequence, or per token that stands for bases, with its start and end.")]
    public Of Of { get; set; } = Of.Sequence;

    /// <summary>How tokens become one vector.</summary>
    [Description("Vector of a sequence: mean (also where it is not set), over the tokens that stand for bases; cls, the classification "
        + "token's; last, that of the "
        + "last token, special or not.")]
    public Pooling? Pooling { get; set; }

    /// <summary>Which states.</summary>
    [Range(0, 10_000), Description("Whose states: 0 the embeddings', 1 the first layer's, and so on; the model's output unless set.")]
    public int? Layer { get; set; }

    /// <summary>Bases that windows share.</summary>
    [Range(0, 1 << 24)]
    [Description("A sequence with more tokens than the model takes is cut into windows, each as long as fits, which share this many "
        + "bases. Its vector is the mean over the tokens of all windows, the mean of their cls, or the last window's last; of tokens "
        + "in two windows that counts which is farther from a window's edge.")]
    public int Overlap { get; set; }

    /// <summary>Size of windows.</summary>
    [Range(3, 1 << 24), Description("Most tokens of a window, special ones included; as many as the model takes unless set.")]
    public int? WindowTokens { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in base.Validate(validationContext)) yield return wrong;
        if (Of == Of.Token && Pooling is not null)
            yield return new("goes with vectors of sequences; of: token writes each token's own.", [nameof(Pooling)]);
        if (Of == Of.Token && BothStrands)
            yield return new("goes with vectors of sequences: the tokens of the two strands lie over other bases.", [nameof(BothStrands)]);
    }
}
