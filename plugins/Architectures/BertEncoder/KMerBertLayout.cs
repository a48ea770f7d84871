using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Checkpoints;

namespace PluginHost.Plugins.BertEncoder;

/// <summary>
/// DNABERT as released (github.com/jerryji1993/DNABERT): a plain BERT over k-mers, in <c>config.json</c>, <c>pytorch_model.bin</c> and
/// <c>vocab.txt</c>.
/// </summary>
internal sealed class KMerBertLayout : ICheckpointLayout
{
    private const int SpecialTokens = 5, LongestWord = 8;

    public IReadOnlyList<string> NewHeads { get; } = [BertHeads.MaskedLm, BertHeads.Classify];

    public CheckpointPlan Plan(CheckpointContent content)
    {
        var names = new BertNames(content);
        var heads = new BertHeads(names);
        var options = BertSizes.Options(names, heads.HasPooler);
        options["maxPositions"] = BertSizes.Positions(names);
        var vocabulary = content.FindFile("vocab.txt");
        return new CheckpointPlan
        {
            Tokenizer = content.Tokenizer ?? new("kmer", new Dictionary<string, object?> { ["k"] = (long)WordLength(names) }),
            TokenizerFiles = vocabulary is null ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["vocab.txt"] = vocabulary },
            Architecture = new("bert-encoder", options),
            Objective = heads.Objective(BertHeads.MaskedLm), Heads = heads.Specs(BertSizes.Epsilon(names)),
            Renamed = names.Renamed, Ties = heads.Ties, LeftOut = heads.LeftOut(), New = heads.New,
            Notes = vocabulary is null && content.Tokenizer is null
                ? ["There is no vocab.txt; the published order of k-mers is assumed: A, T, C, G, after the five special tokens."] : [],
        };
    }

    /// <summary>k, of 4^k + 5 rows of the token table.</summary>
    private static int WordLength(BertNames names)
    {
        // Writers that store shared tensors once may have kept the decoder's name.
        var table = names.Shape("bert.embeddings.word_embeddings.weight") ?? names.Shape("cls.predictions.decoder.weight");
        var rows = table is [var all, _] ? all
            : throw new DataException("The checkpoint has no 'embeddings.word_embeddings.weight'. Is it of another layout (--as)?");
        for (var k = 1; k <= LongestWord; k++)
            if (rows == (1L << (2 * k)) + SpecialTokens) return k;
        throw new DataException($"The token table has {rows:N0} rows, which is 4^k + {SpecialTokens} for no k up to {LongestWord}: it is "
            + "not over overlapping k-mers. Is it of another layout (--as)?");
    }
}
