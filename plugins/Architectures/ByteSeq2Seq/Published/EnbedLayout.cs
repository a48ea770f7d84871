using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Checkpoints;

namespace PluginHost.Plugins.ByteSeq2Seq.Published;

/// <summary>
/// T5's and ByT5's names (Raffel et al. 2020; Xue et al. 2022; Hugging Face's <c>T5ForConditionalGeneration</c>), in which byte models of
/// DNA of ENBED's shape are published: dense attention, relative position buckets, RMS norm, no biases. Only the vocabulary of bytes is
/// read, as ByT5's 384 ids are; T5's pieces of words are none of a sequence's.
/// </summary>
internal sealed class EnbedLayout : ICheckpointLayout
{
    private const string Prefix = "transformer.", Shared = "shared.weight", Head = "lm_head.weight", NewHead = "lm";

    /// <summary>Padding, end, unknown and 256 bytes.</summary>
    private const long FirstSentinel = 259, MostSentinels = 4096;

    /// <summary>Most tokens of either side unless <c>--set</c> gives more: what ByT5 was trained on. The weights know no limit.</summary>
    private const long Longest = 1024;

    /// <summary>T5's, where config.json leaves them out.</summary>
    private const long UsualBuckets = 32, UsualDistance = 128;

    public IReadOnlyList<string> NewHeads { get; } = [NewHead];

    public CheckpointPlan Plan(CheckpointContent content)
    {
        var names = content.Tensors.Keys;
        if (names.FirstOrDefault(n => n.Contains("LocalSelfAttention") || n.Contains("TransientGlobalSelfAttention")) is { } local)
            throw new DataException($"The checkpoint is a LongT5 ('{local}'), whose windows and blocks of 16 tokens this architecture does "
                + "not have. Dense T5 and ByT5 are read.");
        if (content.CountNumbered("encoder.block.") is 0 || content.CountNumbered("decoder.block.") is 0)
            throw new DataException("The checkpoint has no encoder and decoder blocks 'encoder.block.*' and 'decoder.block.*', both of "
                + "which this layout needs. Is it of another layout (--as)?");
        var config = new ConfigReader(content.Config);
        var tied = config.Flag("tie_word_embeddings") ?? true;
        var hasHead = content.Tensors.ContainsKey(Head);
        if (content.NewHead is not null && (hasHead || tied))
            throw new UsageException("--new-head lm: the checkpoint has this head, "
                + (hasHead ? $"'{Head}'" : "the embedding of its tokens (tie_word_embeddings)") + "; leave the option out to use it.");
        if (!hasHead && !tied && content.NewHead is null)
            throw new DataException($"The checkpoint has no head '{Head}', and config.json ties it to no embedding. Ask for one with "
                + $"random weights: --new-head {NewHead}.");
        return new CheckpointPlan
        {
            Tokenizer = content.Tokenizer ?? Bytes(content),
            Architecture = new("byte-seq2seq", Sizes(content, config)),
            Objective = new("span-corruption"),
            Heads = new Dictionary<string, ComponentSpec>
            {
                ["lm"] = new("decoder-head", new Dictionary<string, object?> { ["tied"] = tied }),
            },
            Renamed = names.Where(IsOfBackbone).ToDictionary(n => n, n => Prefix + n),
            Ties = Aliases(tied),
            // T5's first code made a table for cross-attention, and its forward pass never read it.
            LeftOut = names.Where(n => n.EndsWith("EncDecAttention.relative_attention_bias.weight", StringComparison.Ordinal))
                .ToDictionary(n => n, _ => "cross-attention has no position bias"),
            New = content.NewHead is null ? [] : [Head],
            Notes =
            [
                $"Inputs and targets may have {Longest:N0} tokens each; the weights know no limit: --set architecture.maxTokens=N, --set "
                    + "architecture.maxTargetTokens=N.",
                "Sentinels are ids 259 and up, of which ByT5's own training used none (it hid stretches behind ids 258, 257, ...): span "
                    + "corruption has them to learn.",
            ],
        };
    }

    private static bool IsOfBackbone(string name) => name == Shared || name.StartsWith("encoder.block.", StringComparison.Ordinal)
        || name.StartsWith("decoder.block.", StringComparison.Ordinal)
            || name.EndsWith("coder.final_layer_norm.weight", StringComparison.Ordinal);

    /// <summary>Other names of the token embedding: both stacks' own, and a tied head's.</summary>
    private static Dictionary<string, string> Aliases(bool tied)
    {
        var ties = new Dictionary<string, string>
        {
            ["encoder.embed_tokens.weight"] = Prefix + Shared, ["decoder.embed_tokens.weight"] = Prefix + Shared,
        };
        if (tied) ties[Head] = Prefix + Shared;
        return ties;
    }

    private static Dictionary<string, object?> Sizes(CheckpointContent content, ConfigReader config)
    {
        var (kind, isTanh) = FeedForward(config.Text("feed_forward_proj") ?? "relu");
        var dropout = config.Number("dropout_rate", 0.1);
        return new()
        {
            ["width"] = config.Need("d_model"), ["headWidth"] = config.Need("d_kv"), ["attentionHeads"] = config.Need("num_heads"),
            ["feedForward"] = config.Need("d_ff"), ["feedForwardKind"] = kind, ["tanhGelu"] = isTanh,
            ["encoderLayers"] = (long)content.CountNumbered("encoder.block."),
            ["decoderLayers"] = (long)content.CountNumbered("decoder.block."),
            ["attention"] = "dense", ["globalBlocks"] = 0L, ["scaleScores"] = false,
            ["relativeBuckets"] = config.Whole("relative_attention_num_buckets") ?? UsualBuckets,
            ["relativeDistance"] = config.Whole("relative_attention_max_distance") ?? UsualDistance,
            ["normEpsilon"] = config.Number("layer_norm_epsilon", 1e-6),
            ["dropout"] = dropout, ["attentionDropout"] = dropout,
            ["maxTokens"] = Longest, ["maxTargetTokens"] = Longest,
        };
    }

    /// <summary>Transformers reads <c>gated-gelu</c> as the tanh approximation, which T5 1.1 was trained with.</summary>
    private static (string Kind, bool IsTanh) FeedForward(string written) => written switch
    {
        "relu" => ("relu", false),
        "gated-gelu" or "gated-gelu_new" => ("gated-gelu", true),
        _ => throw new DataException($"config.json: 'feed_forward_proj' is '{written}', which this architecture does not compute; it has "
            + "relu and gated-gelu."),
    };

    private static ComponentSpec Bytes(CheckpointContent content)
    {
        var table = content.Tensors.GetValueOrDefault(Shared) ?? content.Tensors.GetValueOrDefault("encoder.embed_tokens.weight")
            ?? content.Tensors.GetValueOrDefault("decoder.embed_tokens.weight");
        if (table?.Shape is not [var rows, _])
            throw new DataException($"The checkpoint has no token embedding '{Shared}'. Is it of another layout (--as)?");
        return rows is >= FirstSentinel and <= FirstSentinel + MostSentinels
            ? new("byte", new Dictionary<string, object?> { ["sentinels"] = rows - FirstSentinel })
            : throw new DataException($"The token embedding has {rows:N0} rows, but bytes have {FirstSentinel} and a few sentinels, 384 in "
                + "ByT5. Pieces of words, as T5's own vocabulary has them, are not read.");
    }
}
