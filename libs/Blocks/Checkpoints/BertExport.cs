using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>How BERT-like models look to Hugging Face Transformers.</summary>
public static class BertExport
{
    private const string MaskedLm = "BertForMaskedLM", Classification = "BertForSequenceClassification", Encoder = "BertModel";

    /// <summary>Describes a model.</summary>
    /// <param name="configuration">Of the encoder.</param>
    /// <param name="parts">Its heads tell which class holds it.</param>
    /// <param name="isPlain">Whether it is BERT itself, not one of its descendants that need code of their own.</param>
    /// <param name="layout">The layout that reads it back.</param>
    public static ExportedModel Describe(IReadOnlyDictionary<string, object> configuration, ExportedParts parts, bool isPlain,
        string layout)
    {
        var config = new Dictionary<string, object>(configuration);
        var (name, note) = Class(parts);
        config["architectures"] = new[] { name };
        if (isPlain)
        {
            config["position_embedding_type"] = "absolute";
            return new ExportedModel
            {
                Configuration = config, Layout = layout, Notes = note is null ? [] : [note],
                Python = Python(name, parts)
            };
        }
        // With the type 'bert' a stock class would take the folder and start its layers at random, saying so only in a warning.
        config["model_type"] = layout;
        var own = "Stock classes of Hugging Face Transformers do not load this model: its layers are those of the published layout "
            + $"'{layout}', whose own code does. The type in config.json says so, lest a stock BERT start them at random.";
        return new ExportedModel { Configuration = config, Layout = layout, Notes = note is null ? [own] : [own, note] };
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

    private static (string Class, string? Note) Class(ExportedParts parts)
    {
        var heads = parts.Heads.Values.ToList();
        if (heads.Find(h => h.StatePrefix == "classifier") is { } classifier)
            return classifier.Reads.Contains(StreamKey.Pooled)
                ? (Classification, null)
                : (Encoder, $"The classifier reads the mean over tokens, while {Classification} reads [CLS]; its weights, 'classifier.*', "
                    + $"are in the file, and {Encoder} gives what it reads.");
        return (heads.Exists(h => h.StatePrefix == "cls.predictions") ? MaskedLm : Encoder, null);
    }

    private static string[] Python(string name, ExportedParts parts)
    {
        var vocabulary = parts.Tokenizer.Vocabulary;
        var lengths = vocabulary.Regular.Select(id => vocabulary.Tokens[id].Length).Distinct().ToList();
        return
        [
            $"from transformers import AutoTokenizer, {name}",
            "",
            "tokenizer = AutoTokenizer.from_pretrained(\"FOLDER\")",
            $"model = {name}.from_pretrained(\"FOLDER\").eval()",
            "sequence = \"ACGTACGTACGT\"",
            // Overlapping words of one length are k-mers, which Python is given apart.
            .. lengths is [var k] && Overlap(parts.Tokenizer, k)
                ? (string[])[$"sequence = \" \".join(sequence[i:i + {k}] for i in range(len(sequence) - {k - 1}))"] : [],
            "output = model(**tokenizer(sequence, return_tensors=\"pt\"))",
        ];
    }

    private static bool Overlap(ITokenizer tokenizer, int k) =>
        tokenizer.CountTokens(new Sample("", new string('A', 4 * k)), new EncodeContext(SpecialTokens: false)) == 3 * k + 1;
}
