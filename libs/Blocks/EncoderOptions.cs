using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Libs.Blocks;

/// <summary>Options of every BERT-like token encoder. The defaults are BERT-base, which DNABERT uses (Ji et al. 2021, 2.2.2).</summary>
public abstract class EncoderOptions : IValidatableObject
{
    /// <summary>Number of encoder layers.</summary>
    [Range(1, 256), Description("Encoder layers (config.json: num_hidden_layers).")]
    public int Layers { get; set; } = 12;

    /// <summary>Hidden size D.</summary>
    [Range(1, 16_384), Description("Hidden size (config.json: hidden_size); a multiple of attentionHeads.")]
    public int Width { get; set; } = 768;

    /// <summary>Attention heads.</summary>
    [Range(1, 256), Description("Attention heads (config.json: num_attention_heads).")]
    public int AttentionHeads { get; set; } = 12;

    /// <summary>Inner width of the feed-forward block; 0 for four times <see cref="Width"/>.</summary>
    [Range(0, 131_072), Description("Inner width of the feed-forward block (config.json: intermediate_size); 0 for 4 times width.")]
    public int FeedForward { get; set; }

    /// <summary>How a token's place is known.</summary>
    [Description("How a token's place is known: 'learned' (a table, as DNABERT), 'alibi' (a bias by distance and no table, as DNABERT-2), "
        + "'alibi-with-table' (the table is kept but not used, as Genomics-FM's checkpoints have it) or 'drawn' (both, one drawn for each "
        + "training batch, as Genomics-FM's release trains).")]
    public PositionKind Positions { get; set; } = PositionKind.Learned;

    /// <summary>Which side heads look at under ALiBi.</summary>
    [Description("Under ALiBi, where heads look: 'symmetric' (both ways, as DNABERT-2 and Genomics-FM) or 'directed' (heads take turns to "
        + "look left only and right only, which tells what precedes a token from what follows it: small models learn far sooner).")]
    public AlibiView AlibiView { get; set; } = AlibiView.Symmetric;

    /// <summary>The first head's ALiBi slope; null for the published slopes.</summary>
    [Range(1.0 / 256, 64.0), Description("Under ALiBi, the slope of the first head, from which slopes fall geometrically to 2^-8; without "
        + "it those published, from 2^(-8/heads). Above 2 a head sees its next neighbour alone.")]
    public double? AlibiSteepestSlope { get; set; }

    /// <summary>Rows of the position table: with a table in use, the most tokens a sequence may have, special ones included.</summary>
    [Range(3, 1 << 20), Description("Most tokens a sequence may have, special ones included (config.json: max_position_embeddings). Under "
        + "'positions: alibi' there is no such limit.")]
    public int MaxPositions { get; set; } = 512;

    /// <summary>A limit on the tokens of a sequence beside that of the table; null for none. Under ALiBi it is the only one.</summary>
    [Range(3, 1 << 20),
        Description("Most tokens a sequence may have where ALiBi sets no limit, or fewer than the table allows; none by default.")]
    public int? TokenLimit { get; set; }

    /// <summary>One projection for queries, keys and values.</summary>
    [Description("One projection for queries, keys and values, 'Wqkv', as DNABERT-2 and Genomics-FM.")]
    public bool PackedQkv { get; set; }

    /// <summary>A gated feed-forward block.</summary>
    [Description("A feed-forward block with a gated linear unit (GEGLU: 'gated_layers' without bias, 'wo'), as DNABERT-2 and Genomics-FM.")]
    public bool Gated { get; set; }

    /// <summary>Drops padding before the layers, except inside attention.</summary>
    [Description("Drop padding before the layers, except inside attention, and return zeros in its place, as DNABERT-2: faster where "
        + "lengths differ.")]
    public bool Unpadded { get; set; }

    /// <summary>Whether there is a pooler, dense and tanh over [CLS].</summary>
    [Description("Have a pooler (dense and tanh over [CLS]), the stream 'pooled'. DNABERT-2's published weights have none: fine-tuning "
        + "starts one at random.")]
    public bool Pooler { get; set; } = true;

    /// <summary>Segment ids: the second is that of a pair's second sequence.</summary>
    [Range(1, 16), Description("Segment ids (config.json: type_vocab_size); the second is that of the second sequence where an objective "
        + "reads pairs, all else has the first.")]
    public int TypeVocabulary { get; set; } = 2;

    /// <summary>Dropout after embeddings and blocks.</summary>
    [Range(0, 0.99), Description("Dropout after embeddings and blocks (config.json: hidden_dropout_prob).")]
    public double Dropout { get; set; } = 0.1;

    /// <summary>Dropout on attention probabilities.</summary>
    [Range(0, 0.99), Description("Dropout on attention probabilities (config.json: attention_probs_dropout_prob).")]
    public double AttentionDropout { get; set; } = 0.1;

    /// <summary>Added to the variance in layer norm.</summary>
    [Range(1e-15, 1e-2), Description("Added to the variance in layer norm (config.json: layer_norm_eps).")]
    public double LayerNormEpsilon { get; set; } = 1e-12;

    /// <summary>Standard deviation of initial weights.</summary>
    [Range(1e-4, 1.0), Description("Standard deviation of initial weights (config.json: initializer_range). Small models learn positions "
        + "sooner with about 1/sqrt(width).")]
    public double InitializerRange { get; set; } = 0.02;

    /// <summary>What the learned position table starts from.</summary>
    [Description("What the learned position table starts from: normal as published, or sinusoidal, from which short pretraining learns to "
        + "look at neighbours sooner.")]
    public PositionStart PositionStart { get; set; } = PositionStart.Normal;

    /// <summary>Base of the sinusoids' wavelengths.</summary>
    [Range(2.0, 1e6), Description("Base of the wavelengths of a sinusoidal start; smaller tells near positions apart better.")]
    public double PositionWavelength { get; set; } = 10_000;

    /// <summary>Weights to start from: a model folder, or a safetensors file; null for random ones.</summary>
    [Description("Start from published weights: a model folder or a .safetensors file with the names of DNABERT, DNABERT-2 or Genomics-FM. "
        + "Every weight of the token encoder must be there; without it all weights start at random.")]
    public string? StartFrom { get; set; }

    /// <summary>Inner width F of the feed-forward block.</summary>
    public int InnerWidth() => FeedForward == 0 ? 4 * Width : FeedForward;

    /// <summary>Rows of the position table; 0 without one.</summary>
    public int TableRows() => Positions == PositionKind.Alibi ? 0 : MaxPositions;

    /// <summary>The most tokens a sequence may have; null for no limit.</summary>
    public int? LongestSequence() => Positions is PositionKind.Learned or PositionKind.Drawn
        ? Math.Min(MaxPositions, TokenLimit ?? MaxPositions)
        : TokenLimit;

    /// <summary>The attention biases that <see cref="Positions"/> may ask for.</summary>
    public AlibiShape Alibi() => new(AttentionHeads, AlibiView, AlibiSteepestSlope);

    /// <summary>What a layer is built from.</summary>
    public EncoderShape Shape() =>
        new(Width, AttentionHeads, InnerWidth(), Dropout, AttentionDropout, LayerNormEpsilon) { Packed = PackedQkv, Gated = Gated };

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AttentionHeads > 0 && Width % AttentionHeads != 0)
            yield return new($"'width' {Width} is no multiple of 'attentionHeads' {AttentionHeads}.", [nameof(Width)]);
        if (AlibiView == AlibiView.Directed && AttentionHeads % 2 != 0)
            yield return new(
                $"'alibiView: directed' gives every second head a side, and 'attentionHeads' is {AttentionHeads}; make it even.",
                [nameof(AlibiView)]);
        if (Positions == PositionKind.Learned && (AlibiView != AlibiView.Symmetric || AlibiSteepestSlope is not null))
            yield return new(
                "'alibiView' and 'alibiSteepestSlope' are about 'positions: alibi', and positions are learned here; leave them out.",
                [nameof(AlibiView)]);
        if (Positions == PositionKind.Alibi && PositionStart != PositionStart.Normal)
            yield return new("'positionStart' is about a position table, and 'positions: alibi' has none; leave it out.",
                [nameof(PositionStart)]);
    }
}
