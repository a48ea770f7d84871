using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Libs.Blocks;

/// <summary>The encoder's <c>config.json</c> in the field's names.</summary>
public static class BertConfiguration
{
    /// <summary>Tokens up to which published code builds its ALiBi biases at once; longer sequences rebuild them.</summary>
    private const int AlibiStartingSize = 512;

    /// <summary>The fields for an encoder over a vocabulary of some size.</summary>
    public static Dictionary<string, object> Of(EncoderOptions options, int vocabulary)
    {
        var configuration = new Dictionary<string, object>
        {
            ["model_type"] = "bert",
            ["vocab_size"] = vocabulary,
            ["hidden_size"] = options.Width,
            ["num_hidden_layers"] = options.Layers,
            ["num_attention_heads"] = options.AttentionHeads,
            ["intermediate_size"] = options.InnerWidth(),
            ["hidden_act"] = "gelu",
            ["hidden_dropout_prob"] = options.Dropout,
            ["attention_probs_dropout_prob"] = options.AttentionDropout,
            ["max_position_embeddings"] = options.MaxPositions,
            ["type_vocab_size"] = options.TypeVocabulary,
            ["initializer_range"] = options.InitializerRange,
            ["layer_norm_eps"] = options.LayerNormEpsilon,
        };
        if (options.Positions != PositionKind.Learned)
        {
            configuration["position_embedding_type"] = "alibi";
            configuration["alibi_starting_size"] = AlibiStartingSize;
        }
        return configuration;
    }
}
