using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Checkpoints;

namespace PluginHost.Plugins.GGramEncoder;

/// <summary>
/// DNAZEN as released (huggingface.co/oomics/DNAZEN-1.0-base), and as its code had it before: there the G-gram layers are called
/// <c>ngram_layer</c>, are gated, and their last output is added once more at the end.
/// </summary>
internal sealed class DnazenLayout : ICheckpointLayout
{
    private const string Released = "bert.encoder.ngram_layers.", Earlier = "bert.encoder.ngram_layer.";

    /// <summary>G-grams a sequence in the released configuration.</summary>
    private const long UsualLimit = 30;

    public IReadOnlyList<string> NewHeads { get; } = [BertHeads.MaskedLm, BertHeads.Classify];

    public CheckpointPlan Plan(CheckpointContent content)
    {
        var names = new BertNames(content);
        var heads = new BertHeads(names);
        var config = new ConfigReader(content.Config);
        var isEarlier = names.HasAny(Earlier);
        var layers = names.Count(isEarlier ? Earlier : Released);
        if (layers == 0)
            throw new DataException(
                $"The checkpoint has no G-gram layers, neither '{Released}*' nor '{Earlier}*'. Is it of another layout (--as)?");
        var options = BertSizes.Options(names, heads.HasPooler);
        options["positions"] = "alibi";
        options["unpadded"] = true;
        options["gGramLayers"] = (long)layers;
        options["gGramBlock"] = isEarlier ? "gated" : "plain";
        options["addAgainAtEnd"] = isEarlier;
        if (names.Shape("bert.ngram_embeddings.word_embeddings.weight") is [var rows, _]) options["gGramVocabulary"] = rows;
        var limit = config.Whole("max_ngram_count") ?? UsualLimit;
        return new CheckpointPlan
        {
            Tokenizer = content.Tokenizer ?? new("ggram", new Dictionary<string, object?>
            {
                ["tokenizer"] = new ComponentSpec("bpe", new Dictionary<string, object?> { ["vocab"] = "tokenizer.json" }),
                ["vocabulary"] = "ngram.json", ["maxGGrams"] = limit,
                ["order"] = isEarlier ? "shortest-first" : "position", ["repeats"] = isEarlier ? "separate" : "merge",
            }),
            TokenizerFiles = content.Tokenizer is not null ? new Dictionary<string, string>() : new Dictionary<string, string>
            {
                ["tokenizer.json"] = content.NeedFile("tokenizer.json"), ["ngram.json"] = content.NeedFile("ngram.json"),
            },
            Architecture = new("ggram-encoder", options),
            Objective = heads.Objective("whole-ggram-masking"), Heads = heads.Specs(BertSizes.Epsilon(names)),
            Renamed = names.Renamed, Ties = heads.Ties, LeftOut = heads.LeftOut(), New = heads.New,
            Notes = content.Tokenizer is not null ? []
                : [$"The first {limit} G-grams of a sequence are used, as released; the paper uses all: --set tokenizer.maxGGrams=null."],
        };
    }
}
