using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Blocks;
using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Plugins.GGramEncoder;

/// <summary>
/// Options of <c>ggram-encoder</c>: those of every token encoder, which start from DNABERT-2's shape, and the G-gram encoder's. The
/// defaults are DNAZEN base (section 3.2 of its paper, and its released configuration).
/// </summary>
public sealed class GGramEncoderOptions : EncoderOptions
{
    /// <summary>Starts from DNABERT-2's shape.</summary>
    public GGramEncoderOptions()
    {
        Positions = PositionKind.Alibi;
        PackedQkv = true;
        Gated = true;
        Unpadded = true;
        AttentionDropout = 0;
    }

    /// <summary>Layers of the G-gram encoder, and token layers that receive its output.</summary>
    [Range(0, 256), Description("Layers of the G-gram encoder: that many token layers, from the bottom, receive its output (config.json: "
        + "num_hidden_ngram_layers). At most 'layers'; 0 leaves G-grams out.")]
    public int GGramLayers { get; set; } = 6;

    /// <summary>Rows of the G-gram table, padding's row 0 included; 0 asks the tokenizer.</summary>
    [Range(0, 100_000_000),
        Description(
        "Rows of the G-gram table, padding's row 0 included (config.json: ngram_vocab_size; DNAZEN base: 162,708); 0 asks the tokenizer.")]
    public int GGramVocabulary { get; set; }

    /// <summary>What the G-gram encoder's layers are.</summary>
    [Description("Layers of the G-gram encoder: 'plain', standard transformer layers as the paper has them, or 'gated', as DNAZEN's code "
        + "before its release had them.")]
    public GGramBlock GGramBlock { get; set; } = GGramBlock.Plain;

    /// <summary>Adds the last G-gram output again after all token layers.</summary>
    [Description("Add the last G-gram output again after all token layers, as DNAZEN's code before its release did. The paper and the "
        + "release do not.")]
    public bool AddAgainAtEnd { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if (GGramLayers > Layers)
            yield return new($"'gGramLayers' is {GGramLayers}, but there are {Layers} token layers to add into; make it at most 'layers'.",
                [nameof(GGramLayers)]);
    }

    /// <summary>What a layer of the G-gram encoder is built from.</summary>
    internal EncoderShape GGramShape() => Shape() with { Packed = GGramBlock == GGramBlock.Gated, Gated = GGramBlock == GGramBlock.Gated };
}
