namespace PluginHost.Libs.Masking;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Loss and scores of objectives that ask for hidden tokens. Axes: M scored positions, V vocabulary.</summary>
public static class Scoring
{
    /// <summary>The role of the head.</summary>
    public const string Role = "lm";

    /// <summary>The loss term.</summary>
    public const string Term = "masked-lm";

    /// <summary>Loss at [MASK] positions only: kept tokens are right by identity, so this is the honest figure.</summary>
    public const string AtMaskTerm = "loss-at-mask";

    /// <summary>Cross-entropy at the positions that have a label.</summary>
    public static LossTerm Loss(Predictions predictions, Batch batch)
    {
        var sum = Extras.masked_cross_entropy(predictions[Role], batch[Keys.PositionLabels], Keys.Ignore);
        return new(Term, sum, batch.TargetCounts[Term]);
    }

    /// <summary>Labels, predictions and losses of the positions that have a label; predictions of all where none has.</summary>
    public static Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var logits_MV = predictions[Role].to_type(ScalarType.Float32);
        var predicted_M = logits_MV.argmax(1).cpu().data<long>().ToArray();
        var labels_M = batch[Keys.PositionLabels].cpu().data<long>().ToArray();
        if (batch.TargetCounts[Term] == 0) return new() { Predicted = [.. predicted_M.Select(p => (int)p)] };
        var losses_M = functional.cross_entropy(logits_MV, batch[Keys.PositionLabels], ignore_index: Keys.Ignore, reduction: Reduction.None)
            .cpu().data<float>().ToArray();
        var atMask_M = batch[ScoredPositions.AtMask].cpu().data<bool>().ToArray();
        var positions_M = batch[Keys.Positions].cpu().data<long>().ToArray();
        var length = batch.Axis("T");
        var (all, rows) = (new Tally(), batch.Samples.Select(_ => new Tally()).ToList());
        for (var m = 0; m < labels_M.Length; m++)
        {
            if (labels_M[m] == Keys.Ignore) continue;
            foreach (var tally in (Tally[])[all, rows[(int)(positions_M[m] / length)]])
                tally.Add((int)labels_M[m], (int)predicted_M[m], losses_M[m], atMask_M[m]);
        }
        return all.ToScored() with { RowLosses = [.. rows.Select(r => r.ToScored().Losses)] };
    }
}
