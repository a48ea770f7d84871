namespace PluginHost.Libs.NextToken;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>What a token head said at the asked positions, read back. Axis M.</summary>
/// <param name="Predicted">Highest-scored ids.</param>
/// <param name="Losses">Cross-entropies in nats; 0 where there is no label.</param>
public sealed record TokenScores(long[] Predicted, float[] Losses)
{
    /// <summary>Reads predictions "M V" against <see cref="Keys.PositionLabels"/>.</summary>
    public static TokenScores Read(Tensor logits_MV, Batch batch)
    {
        using var scope = NewDisposeScope();
        var scores_MV = logits_MV.to_type(ScalarType.Float32);
        var losses_M = functional.cross_entropy(scores_MV, batch[Keys.PositionLabels], ignore_index: Keys.Ignore,
            reduction: Reduction.None);
        return new(scores_MV.argmax(1).cpu().data<long>().ToArray(), losses_M.cpu().data<float>().ToArray());
    }
}
