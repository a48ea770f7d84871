namespace PluginHost;

using static TorchSharp.torch;

/// <summary>
/// Builds <see cref="Scored"/> from what heads predict, so that an objective's author fills no arrays by hand. Axes: N items, C classes or
/// outputs.
/// </summary>
public static class ScoredItems
{
    // Single precision cannot tell a certain error from an infinite loss: count it as the smallest positive number.
    private const float Smallest = 1e-38f;

    /// <summary>One class for each sample of a batch.</summary>
    /// <param name="batch">
    /// Its samples are the items; a row without a label has <see cref="Keys.Ignore"/> in <see cref="Keys.Class"/>.
    /// </param>
    /// <param name="logits_NC">What the head predicts.</param>
    /// <param name="term">Name of the loss: the mean cross-entropy in nats.</param>
    public static Scored Classes(Batch batch, Tensor logits_NC, string term)
    {
        using var scope = NewDisposeScope();
        var probabilities = Rows(logits_NC.to_type(ScalarType.Float32).softmax(1));
        return Classes(Ids(batch), [.. batch[Keys.Class].cpu().data<long>().ToArray().Select(c => (int)c)], probabilities, term);
    }

    /// <summary>One class for each item.</summary>
    /// <param name="ids">Sample ids, axis N.</param>
    /// <param name="classes">True classes, axis N; <see cref="Keys.Ignore"/> where unknown.</param>
    /// <param name="probabilities">Axes N C.</param>
    /// <param name="term">Name of the loss.</param>
    public static Scored Classes(string[] ids, int[] classes, float[,] probabilities, string term)
    {
        var predicted = new int[ids.Length];
        var (loss, known) = (0.0, 0L);
        for (var n = 0; n < ids.Length; n++)
        {
            for (var c = 1; c < probabilities.GetLength(1); c++)
                if (probabilities[n, c] > probabilities[n, predicted[n]]) predicted[n] = c;
            if (classes[n] == Keys.Ignore) continue;
            known++;
            loss -= Math.Log(Math.Max(probabilities[n, classes[n]], Smallest));
        }
        return new()
        {
            Ids = ids,
            Labels = known == 0 ? null : classes,
            Predicted = predicted,
            Probabilities = probabilities,
            Losses = known == 0 ? [] : [new(term, loss, known, 1)],
        };
    }

    /// <summary>Numbers for each sample of a batch.</summary>
    /// <param name="batch">Its samples are the items; an unknown truth is NaN in <see cref="Keys.Targets"/>.</param>
    /// <param name="values_NC">Predictions, in the units of the targets.</param>
    /// <param name="term">Name of the loss: the mean of <paramref name="loss"/>.</param>
    /// <param name="loss">Of a prediction and its truth; the squared error when null.</param>
    public static Scored Values(Batch batch, Tensor values_NC, string term, Func<float, float, double>? loss = null)
    {
        using var scope = NewDisposeScope();
        return Values(Ids(batch), Rows(values_NC.to_type(ScalarType.Float32)), Rows(batch[Keys.Targets]), term, (output, target, _) =>
            loss?.Invoke(output, target) ?? ((double)output - target) * ((double)output - target));
    }

    /// <summary>Numbers for each item.</summary>
    /// <param name="ids">Sample ids, axis N.</param>
    /// <param name="outputs">Predictions, axes N C.</param>
    /// <param name="targets">Truths, axes N C; NaN where unknown.</param>
    /// <param name="term">Name of the loss.</param>
    /// <param name="loss">Of a prediction, its truth and the place on axis C.</param>
    public static Scored Values(string[] ids, float[,] outputs, float[,] targets, string term, Func<float, float, int, double> loss)
    {
        var (sum, known) = (0.0, 0L);
        for (var n = 0; n < ids.Length; n++)
            for (var c = 0; c < targets.GetLength(1); c++)
            {
                if (float.IsNaN(targets[n, c])) continue;
                known++;
                sum += loss(outputs[n, c], targets[n, c], c);
            }
        return new()
        {
            Ids = ids,
            Outputs = outputs,
            Targets = known == 0 ? null : targets,
            Losses = known == 0 ? [] : [new(term, sum, known, 1)],
        };
    }

    /// <summary>Labels that may hold together, a probability of each, for each item.</summary>
    /// <param name="ids">Sample ids, axis N.</param>
    /// <param name="probabilities">Axes N C.</param>
    /// <param name="targets">1, 0 or NaN where unknown, axes N C.</param>
    /// <param name="term">Name of the loss: the mean binary cross-entropy in nats.</param>
    public static Scored Labels(string[] ids, float[,] probabilities, float[,] targets, string term) =>
        Values(ids, probabilities, targets, term, (held, target, _) => -Math.Log(Math.Max(target == 1 ? held : 1 - held, Smallest)));

    /// <summary>Tokens at the positions asked for.</summary>
    /// <param name="batch">Has <see cref="Keys.PositionLabels"/>; positions with <see cref="Keys.Ignore"/> are left out.</param>
    /// <param name="logits_MV">What a token head predicts.</param>
    /// <param name="term">Name of the loss: the mean cross-entropy in nats.</param>
    public static Scored Tokens(Batch batch, Tensor logits_MV, string term)
    {
        using var scope = NewDisposeScope();
        var scores_MV = logits_MV.to_type(ScalarType.Float32);
        int[] predicted_M = [.. scores_MV.argmax(1).cpu().data<long>().ToArray().Select(p => (int)p)];
        var labels_M = batch[Keys.PositionLabels].cpu().data<long>().ToArray();
        var asked = Enumerable.Range(0, labels_M.Length).Where(m => labels_M[m] != Keys.Ignore).ToArray();
        if (asked.Length == 0) return new() { Predicted = predicted_M };
        var losses_M = nn.functional.cross_entropy(scores_MV, batch[Keys.PositionLabels], ignore_index: Keys.Ignore,
            reduction: nn.Reduction.None)
            .cpu().data<float>().ToArray();
        var length = batch.Axis("T");
        var rows_M = batch[Keys.Positions].cpu().data<long>().ToArray().Select(position => position / length).ToArray();
        return new()
        {
            Labels = [.. asked.Select(m => (int)labels_M[m])],
            Predicted = [.. asked.Select(m => predicted_M[m])],
            Losses = [Loss(asked)],
            RowLosses = [.. Enumerable.Range(0, batch.Samples.Count)
                .Select(row => (ScoredLoss[])[Loss([.. asked.Where(m => rows_M[m] == row)])])],
        };

        ScoredLoss Loss(int[] positions) => new(term, positions.Sum(m => (double)losses_M[m]), positions.Length, 1);
    }

    /// <summary>A float tensor "N C", on any device, as an array.</summary>
    public static float[,] Rows(Tensor values_NC)
    {
        var rows = new float[values_NC.shape[0], values_NC.shape[1]];
        var flat = values_NC.cpu().contiguous().data<float>().ToArray();
        Buffer.BlockCopy(flat, 0, rows, 0, flat.Length * sizeof(float));
        return rows;
    }

    private static string[] Ids(Batch batch) => [.. batch.Samples.Select(s => s.Id)];
}
