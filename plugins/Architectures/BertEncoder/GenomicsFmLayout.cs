using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Checkpoints;

namespace PluginHost.Plugins.BertEncoder;

/// <summary>
/// Genomics-FM as released (github.com/terry-r123/Genomics-FM): DNABERT-2's blocks with a position table kept beside ALiBi, over the union
/// of
/// a byte-pair and a 6-mer vocabulary. The vocabulary files may lie beside the weights or in the release's own folders.
/// </summary>
internal sealed class GenomicsFmLayout : ICheckpointLayout
{
    private const string Positions = "bert.embeddings.position_embeddings.weight";

    public IReadOnlyList<string> NewHeads { get; } = [BertHeads.MaskedLm, BertHeads.Classify];

    public CheckpointPlan Plan(CheckpointContent content)
    {
        var names = new BertNames(content);
        var heads = new BertHeads(names);
        var options = BertSizes.Options(names, heads.HasPooler);
        options["unpadded"] = true;
        options["positions"] = !names.Has(Positions) ? "alibi"
            : new ConfigReader(content.Config).Text("position_embedding_type") == "absolute" ? "learned" : "alibi-with-table";
        if (names.Has(Positions)) options["maxPositions"] = BertSizes.Positions(names);
        return new CheckpointPlan
        {
            Tokenizer = content.Tokenizer ?? new("ensemble", new Dictionary<string, object?>
            {
                ["vocabularies"] = new List<object?>
                {
                    Vocabulary("BPE", new("bpe", new Dictionary<string, object?> { ["vocab"] = "BPE.tokenizer.json" })),
                    Vocabulary("KMER", new("kmer", new Dictionary<string, object?> { ["k"] = 6L })),
                },
            }),
            TokenizerFiles = content.Tokenizer is null ? Files(content) : new Dictionary<string, string>(),
            Architecture = new("bert-encoder", options),
            Objective = heads.Objective(BertHeads.MaskedLm), Heads = heads.Specs(BertSizes.Epsilon(names)),
            Renamed = names.Renamed, Ties = heads.Ties, LeftOut = heads.LeftOut(), New = heads.New,
            Notes = content.Tokenizer is not null ? [] :
            [
                .. names.Has(Positions) ? (string[])["ALiBi is used and the position table is kept; the same weights use the table with "
                    + "--set architecture.positions=learned."] : [],
                "Both vocabularies are used, told by a sample's name; choose one with --set tokenizer.active=BPE or KMER.",
            ],
        };
    }

    private static Dictionary<string, string> Files(CheckpointContent content)
    {
        var files = new Dictionary<string, string>
        {
            ["BPE.tokenizer.json"] = content.NeedFile("BPE.tokenizer.json", "tokenizer.json", "tokenizer_bpe/tokenizer.json"),
        };
        if (content.FindFile("vocab.txt", "tokenizer/vocab.txt") is { } union) files["vocab.txt"] = union;
        return files;
    }

    private static Dictionary<string, object?> Vocabulary(string name, ComponentSpec tokenizer) =>
        new() { ["name"] = name, ["tokenizer"] = tokenizer };
}
