using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>How BERT-like models look to Hugging Face Transformers.</summary>
public static class BertExport
{
    /// <summary>The file by which Python's tokenizers know which of them a folder means.</summary>
    private const string TokenizerConfig = "tokenizer_config.json";

    /// <summary>Describes a model.</summary>
    /// <param name="configuration">Of the encoder.</param>
    /// <param name="parts">Its head tells which class holds it.</param>
    /// <param name="isPlain">Whether it is BERT itself, not one of its descendants that need code of their own.</param>
    /// <param name="layout">The layout that reads it back.</param>
    /// <param name="ownTokenizer">Whether the layout's code makes tokens by itself, of files that Python's tokenizers do not know.</param>
    /// <exception cref="DataException">No published code computes what the model does.</exception>
    public static ExportedModel Describe(IReadOnlyDictionary<string, object> configuration, ExportedParts parts, bool isPlain,
        string layout, bool ownTokenizer = false)
    {
        if (!ownTokenizer && !parts.TokenizerFiles.Contains(TokenizerConfig))
            throw new DataException("No published layout holds this model: Python's tokenizers have none that makes tokens as this one "
                + "does, and any other would give the model other ids. Train with a tokenizer that they know, such as kmer or bpe.");
        var config = new Dictionary<string, object>(configuration);
        var published = BertClass.Of(parts, config, isPlain);
        config["architectures"] = new[] { published.Name };
        if (published.Pooling is { } pooling) config[BertHeads.PoolingField] = pooling;
        List<string> notes = [.. published.Notes];
        if (parts.Card.OutputNote.Length > 0) notes.Add(parts.Card.OutputNote);
        if (isPlain)
        {
            config["position_embedding_type"] = "absolute";
            return new ExportedModel
            {
                Configuration = config, Layout = layout, Renamed = published.Renamed, Notes = notes,
                Python = BertPython.Lines(published, parts),
            };
        }
        // With the type 'bert' a stock class would take the folder and start its layers at random, saying so only in a warning.
        config["model_type"] = layout;
        notes.Insert(0, "Stock classes of Hugging Face Transformers do not load this model: its layers are those of the published layout "
            + $"'{layout}', whose own code does. The type in config.json says so, lest a stock BERT start them at random.");
        return new ExportedModel { Configuration = config, Layout = layout, Renamed = published.Renamed, Notes = notes };
    }

    /// <summary>Refuses ALiBi that no published code computes.</summary>
    /// <exception cref="DataException">Heads look one way each, or slopes are steeper.</exception>
    public static void CheckAlibi(EncoderOptions options)
    {
        if (options.Positions != PositionKind.Learned
            && (options.AlibiView != AlibiView.Symmetric || options.AlibiSteepestSlope is not null))
            throw new DataException("No published layout holds this model: 'alibiView' and 'alibiSteepestSlope' are of this host alone, "
                + "and other code would compute something else with the same weights. Train with the published ALiBi.");
    }
}
