namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>An encoder's options from a published <c>config.json</c> and the names of the weights.</summary>
public static class BertSizes
{
    /// <summary>BERT's default where a configuration leaves it out.</summary>
    public const double UsualEpsilon = 1e-12;

    /// <summary>The options that every layout shares: sizes, dropout, epsilon, and the forms that names tell.</summary>
    /// <param name="names">Of the checkpoint.</param>
    /// <param name="pooler">Whether the model has one.</param>
    /// <exception cref="DataException">The configuration lacks a size, or asks for another activation than the exact GELU.</exception>
    public static Dictionary<string, object?> Options(BertNames names, bool pooler)
    {
        var config = new ConfigReader(names.Content.Config);
        if (config.Text("hidden_act") is { } activation and not "gelu")
            throw new DataException(
                $"config.json: 'hidden_act' is '{activation}'; the architectures here compute 'gelu' in its exact form only.");
        if (config.Flag("is_decoder") == true)
            throw new DataException(
                "config.json: 'is_decoder' is true, so each token sees those before it alone; the architectures here see "
                + "the whole sequence.");
        var layers = config.Need("num_hidden_layers");
        var width = config.Need("hidden_size");
        var options = new Dictionary<string, object?>
        {
            ["layers"] = layers, ["width"] = width, ["attentionHeads"] = config.Need("num_attention_heads"),
            ["feedForward"] = config.Whole("intermediate_size") ?? 4 * width,
            ["typeVocabulary"] = config.Whole("type_vocab_size") ?? 2,
            ["dropout"] = config.Number("hidden_dropout_prob", 0.1),
            ["attentionDropout"] = config.Number("attention_probs_dropout_prob", 0.1),
            ["layerNormEpsilon"] = Epsilon(names), ["initializerRange"] = config.Number("initializer_range", 0.02),
            ["pooler"] = pooler,
        };
        if (names.HasAny("bert.encoder.layer.0.attention.self.Wqkv.")) options["packedQkv"] = true;
        if (names.HasAny("bert.encoder.layer.0.mlp.gated_layers.")) options["gated"] = true;
        return options;
    }

    /// <summary>Added to the variance in layer norms.</summary>
    public static double Epsilon(BertNames names) => new ConfigReader(names.Content.Config).Number("layer_norm_eps", UsualEpsilon);

    /// <summary>Rows of the position table.</summary>
    /// <exception cref="DataException">The checkpoint has none.</exception>
    public static long Positions(BertNames names) => names.Shape("bert.embeddings.position_embeddings.weight") is [var rows, _]
        ? rows
        : throw new DataException(
            "The checkpoint has no 'embeddings.position_embeddings.weight', which this layout has. Is it of another layout (--as)?");
}
