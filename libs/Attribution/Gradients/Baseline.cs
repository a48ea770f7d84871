namespace PluginHost.Libs.Attribution.Gradients;

using static TorchSharp.torch;

/// <summary>What integrated gradients start from in place of each token that stands for bases.</summary>
public enum Baseline
{
    /// <summary>The mask token's embedding.</summary>
    Mask,

    /// <summary>The unknown token's embedding.</summary>
    Unknown,

    /// <summary>The padding token's embedding.</summary>
    Padding,

    /// <summary>The mean embedding of the tokens that stand for bases.</summary>
    Mean,
}

/// <summary>Embeddings of a baseline.</summary>
public static class Baselines
{
    /// <summary>
    /// The one unless another is asked for: the mask's where there is one, which the model knows from pretraining; else the mean.
    /// </summary>
    public static Baseline Usual(Vocabulary vocabulary) => vocabulary.Mask is not null ? Baseline.Mask : Baseline.Mean;

    /// <summary>The batch's embeddings with those of tokens that stand for bases replaced: "B T D".</summary>
    /// <exception cref="UsageException">The vocabulary has no such token.</exception>
    public static Tensor Of(TrainedModel model, Batch batch, Tensor embeddings_BTD, Baseline baseline)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var vocabulary = model.Tokenizer.Vocabulary;
        long[] ids = baseline switch
        {
            Baseline.Mask => [Named(vocabulary.Mask)],
            Baseline.Unknown => [Named(vocabulary.Unknown)],
            Baseline.Padding => [Named(vocabulary.Pad)],
            _ => [.. vocabulary.Regular.Select(id => (long)id)],
        };
        long Named(int? id) => id ?? throw new UsageException(
            $"--baseline {baseline.ToString().ToLowerInvariant()}: the vocabulary of {model.Name} has no such token; use mean.");
        var row_D = model.Backbone.TokenEmbedding!.index_select(0, tensor(ids, device: embeddings_BTD.device)).to_type(ScalarType.Float32)
            .mean([0]);
        return where(Bases(batch, embeddings_BTD).unsqueeze(2), row_D, embeddings_BTD).MoveToOuterDisposeScope();
    }

    /// <summary>True on tokens that stand for bases: "B T".</summary>
    private static Tensor Bases(Batch batch, Tensor embeddings_BTD)
    {
        var (rows, columns) = ((int)embeddings_BTD.shape[0], (int)embeddings_BTD.shape[1]);
        var real = new bool[rows * columns];
        for (var b = 0; b < rows; b++)
            for (var t = 0; t < batch.Encodings[b].Ids.Length; t++) real[b * columns + t] = batch.Encodings[b].Spans[t].Length > 0;
        return tensor(real, [rows, columns]).to(embeddings_BTD.device);
    }
}
