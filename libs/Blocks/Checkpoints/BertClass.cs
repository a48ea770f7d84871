using PluginHost.Checkpoints;

namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>The published class that computes what a BERT and its head do, or the encoder alone where none does.</summary>
/// <param name="Name">As <c>architectures</c> has it.</param>
public sealed record BertClass(string Name)
{
    private const double UsualEpsilon = 1e-12;

    /// <summary>Names in the file of weights that no class may take for its own.</summary>
    public Dictionary<string, string> Renamed { get; private init; } = [];

    /// <summary>What a head that no class has reads, for <c>config.json</c>; null for a class's own head.</summary>
    public string? Pooling { get; private init; }

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Finds it.</summary>
    /// <param name="parts">The model's.</param>
    /// <param name="config">The encoder's fields; those of the head are added.</param>
    /// <param name="isPlain">Whether the encoder is BERT's own.</param>
    /// <exception cref="DataException">No published code computes what the head does.</exception>
    public static BertClass Of(ExportedParts parts, Dictionary<string, object> config, bool isPlain)
    {
        if (parts.Heads.Count != 1)
            throw new DataException($"No published layout holds this model: it has {parts.Heads.Count} heads "
                + $"({string.Join(", ", parts.Heads.Keys)}), and published classes have one.");
        var (role, head) = parts.Heads.Single();
        if (head.ReadsColumns.Contains(Keys.Features))
            throw new DataException("No published layout holds this model: its head reads numbers beside the sequence ('features'), which "
                + "no published class does. Its model folder is read by this host.");
        return head.StatePrefix switch
        {
            BertHeads.LmRoot => Lm(head, parts.HeadSpecs[role], config, isPlain),
            BertHeads.ClassRoot when head.Reads.Contains(StreamKey.Pooled) => new("BertForSequenceClassification"),
            BertHeads.ClassRoot when head.Predicts == "M C" => Tokens(head, isPlain),
            BertHeads.ClassRoot when head.Predicts == "B C" => Mean(head, parts.HeadSpecs[role]),
            var prefix => throw new DataException($"No published layout holds this model: no class has a head of weights '{prefix}.*'."),
        };
    }

    private static BertClass Lm(Head head, ComponentSpec spec, Dictionary<string, object> config, bool isPlain)
    {
        var own = spec.With.TryGetValue("layerNormEpsilon", out var value) ? Convert.ToDouble(value) : UsualEpsilon;
        if (Convert.ToDouble(config["layer_norm_eps"]) is var encoder && own != encoder)
            throw new DataException("No published layout holds this model: published classes have one epsilon in all layer norms, and the "
                + $"masked-LM head has {Number(own)} and its encoder {Number(encoder)}. Train with heads: {{ lm: {{ use: {spec.Use}, "
                + $"layerNormEpsilon: {Number(encoder)} }} }}.");
        var names = head.state_dict().Keys.ToList();
        config["tie_word_embeddings"] = !names.Contains("decoder.weight");
        // Stock classes look for the bias under its older name, and start it at 0 where it is not there.
        return new("BertForMaskedLM")
        {
            Renamed = isPlain && names.Contains("decoder.bias") && !names.Contains("bias")
                ? new() { [BertHeads.LmRoot + ".decoder.bias"] = BertHeads.LmRoot + ".bias" } : [],
        };
    }

    /// <summary>A class for each token, which stock BERT has a class for; the code of its descendants has none.</summary>
    private static BertClass Tokens(Head head, bool isPlain)
    {
        const string note = "Its outputs are of tokens: a base's are the mean over the tokens that cover it, before softmax.";
        return isPlain ? new("BertForTokenClassification") { Notes = [note] } : new("BertModel")
        {
            Renamed = Rename(head, BertHeads.TokenRoot), Pooling = BertHeads.PerToken,
            Notes = [note + $" The published code has no such head: 'classifier.*' is '{BertHeads.TokenRoot}.*' in the file, applied to "
                + "the encoder's output of each token."],
        };
    }

    /// <summary>Under its own name a class for [CLS] would take the classifier, and compute something else without a word.</summary>
    private static BertClass Mean(Head head, ComponentSpec spec)
    {
        if (spec.With.TryGetValue("pooling", out var pooling) && !string.Equals($"{pooling}", "mean", StringComparison.OrdinalIgnoreCase))
            throw new DataException($"No published layout holds this model: its head pools the sequence by 'pooling: {pooling}', which no "
                + "published class does. Its model folder is read by this host.");
        var skips = spec.With.TryGetValue("skipSpecialTokens", out var skip) && skip is true;
        return new("BertModel")
        {
            Renamed = Rename(head, BertHeads.MeanRoot), Pooling = skips ? BertHeads.MeanOfBases : BertHeads.Mean,
            Notes = [$"The head reads the mean over tokens{(skips ? " but [CLS] and [SEP]" : "")}, while BertForSequenceClassification "
                + $"reads [CLS] through a pooler: 'classifier.*' is '{BertHeads.MeanRoot}.*' in the file, lest that class take "
                    + "it. BertModel "
                + "gives what it reads."],
        };
    }

    private static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Rename(Head head, string root) =>
        head.state_dict().Keys.ToDictionary(n => $"{head.StatePrefix}.{n}", n => $"{root}.{n}");
}
