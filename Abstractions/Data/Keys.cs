namespace PluginHost;

using static TorchSharp.torch;

/// <summary>
/// The columns plugins share. Axes: B samples, T tokens, U decoder tokens, M scored positions, Q number positions, C outputs, F features.
/// </summary>
public static class Keys
{
    /// <summary>Token ids; padded positions hold the vocabulary's pad id.</summary>
    public static readonly BatchKey InputIds = new("input_ids", ScalarType.Int64, "B T");

    /// <summary>
    /// Embeddings to use in place of those the tokens have in the model's table, before positions; read where
    /// <see cref="Backbone.TakesEmbeddings"/>. D is the hidden size.
    /// </summary>
    public static readonly BatchKey InputEmbeddings = new("inputs_embeds", ScalarType.Float32, "B T D");

    /// <summary>True on real tokens, false on padding.</summary>
    public static readonly BatchKey AttentionMask = new("attention_mask", ScalarType.Bool, "B T");

    /// <summary>
    /// Segment of each token where a row holds two sequences: 0 the first with what stands around it, 1 the second. Architectures with
    /// token types read it where it is present.
    /// </summary>
    public static readonly BatchKey TokenTypes = new("token_types", ScalarType.Int64, "B T");

    /// <summary>Target id of each position, or <see cref="Ignore"/> where none is asked for.</summary>
    public static readonly BatchKey Labels = new("labels", ScalarType.Int64, "B T");

    /// <summary>
    /// Indices into the flattened [B*T] positions at which a token head is asked for predictions; a head that finds this column predicts "M
    /// V" instead of "B T V".
    /// </summary>
    public static readonly BatchKey Positions = new("positions", ScalarType.Int64, "M");

    /// <summary>Target ids at <see cref="Positions"/>; <see cref="Ignore"/> fills a fixed-size batch.</summary>
    public static readonly BatchKey PositionLabels = new("position_labels", ScalarType.Int64, "M");

    /// <summary>A class index per sample, or <see cref="Ignore"/> where unknown.</summary>
    public static readonly BatchKey Class = new("class", ScalarType.Int64, "B");

    /// <summary>Real-valued targets per sample.</summary>
    public static readonly BatchKey Targets = new("targets", ScalarType.Float32, "B C");

    /// <summary>Real-valued inputs beside the sequence.</summary>
    public static readonly BatchKey Features = new("features", ScalarType.Float32, "B F");

    /// <summary>Value carried by a number token.</summary>
    public static readonly BatchKey Numbers = new("numbers", ScalarType.Float32, "B T");

    /// <summary>True where <see cref="Numbers"/> holds a value.</summary>
    public static readonly BatchKey NumberMask = new("number_mask", ScalarType.Bool, "B T");

    /// <summary>Value to predict at a number token.</summary>
    public static readonly BatchKey NumberTargets = new("number_targets", ScalarType.Float32, "B T");

    /// <summary>
    /// Indices into the flattened [B*T] positions at which a number head is asked for values; a head that finds this column predicts "Q"
    /// instead of "B T".
    /// </summary>
    public static readonly BatchKey NumberPositions = new("number_positions", ScalarType.Int64, "Q");

    /// <summary>Values to predict at <see cref="NumberPositions"/>; NaN where none is asked for.</summary>
    public static readonly BatchKey NumberPositionTargets = new("number_position_targets", ScalarType.Float32, "Q");

    /// <summary>Decoder input ids.</summary>
    public static readonly BatchKey DecoderIds = new("decoder_ids", ScalarType.Int64, "B U");

    /// <summary>True on real decoder tokens, false on padding.</summary>
    public static readonly BatchKey DecoderMask = new("decoder_mask", ScalarType.Bool, "B U");

    /// <summary>Decoder target ids, or <see cref="Ignore"/>.</summary>
    public static readonly BatchKey DecoderLabels = new("decoder_labels", ScalarType.Int64, "B U");

    /// <summary>The label that no loss or score counts.</summary>
    public const long Ignore = -100;
}
