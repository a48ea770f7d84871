using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Checkpoints;

namespace PluginHost.Plugins.BertEncoder;

/// <summary>
/// DNABERT-2 as released (huggingface.co/zhihan1996/DNABERT-2-117M): ALiBi, packed projections and gated blocks over byte pairs, with
/// <c>tokenizer.json</c>.
/// </summary>
internal sealed class MosaicBertLayout : ICheckpointLayout
{
    public IReadOnlyList<string> NewHeads { get; } = [BertHeads.MaskedLm, BertHeads.Classify];

    public CheckpointPlan Plan(CheckpointContent content)
    {
        var names = new BertNames(content);
        var heads = new BertHeads(names);
        var options = BertSizes.Options(names, heads.HasPooler);
        options["positions"] = "alibi";
        options["unpadded"] = true;
        return new CheckpointPlan
        {
            Tokenizer = content.Tokenizer ?? new("bpe", new Dictionary<string, object?> { ["vocab"] = "tokenizer.json" }),
            TokenizerFiles = content.Tokenizer is not null ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["tokenizer.json"] = content.NeedFile("tokenizer.json") },
            Architecture = new("bert-encoder", options),
            Objective = heads.Objective(BertHeads.MaskedLm), Heads = heads.Specs(BertSizes.Epsilon(names)),
            Renamed = names.Renamed, Ties = heads.Ties, LeftOut = heads.LeftOut(), New = heads.New,
        };
    }
}
