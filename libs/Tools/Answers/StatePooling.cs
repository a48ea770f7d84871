namespace PluginHost.Libs.Tools.Answers;

using static TorchSharp.torch;

/// <summary>One vector a sequence: the sum of the states of the tokens that a pooling counts, and how many there are.</summary>
/// <param name="model">Names itself in messages; knows its classification token.</param>
/// <param name="pooling">Which states.</param>
public sealed class StatePooling(TrainedModel model, Pooling pooling)
{
    private readonly int? cls = model.Tokenizer.Vocabulary.Classification;

    /// <summary>Refuses a pooling that the vocabulary has no token for.</summary>
    /// <exception cref="UsageException">It has no classification token.</exception>
    public void Check()
    {
        if (pooling == Pooling.Cls && cls is null)
            throw new UsageException($"--pooling cls: the vocabulary of {model.Name} has no classification token; use mean or last.");
    }

    /// <summary>Reads a batch.</summary>
    /// <param name="states_BTD">Float32, on the model's device.</param>
    /// <param name="batch">With its encodings.</param>
    /// <returns>In row order: the sum over the states that count, axis D, and how many they are, 0 where none does.</returns>
    public IReadOnlyList<(float[] Sum, long Weight)> Sums(Tensor states_BTD, Batch batch)
    {
        var (rows, columns, width) = ((int)states_BTD.shape[0], (int)states_BTD.shape[1], (int)states_BTD.shape[2]);
        var counted = new bool[rows * columns];
        var weights = new long[rows];
        for (var b = 0; b < rows; b++)
            foreach (var t in Counted(batch.Encodings[b], batch.Samples[b]))
            {
                counted[b * columns + t] = true;
                weights[b]++;
            }
        // Filled and not multiplied: what stands on padding may be no number.
        var others_BT1 = tensor(counted, [rows, columns, 1]).logical_not().to(states_BTD.device);
        var sums = states_BTD.masked_fill(others_BT1, 0).sum(1).cpu().data<float>().ToArray();
        return [.. Enumerable.Range(0, rows).Select(b => (sums[(b * width)..((b + 1) * width)], weights[b]))];
    }

    /// <summary>The means of what <see cref="Sums"/> gives; NaN where nothing counts.</summary>
    public IReadOnlyList<float[]> Means(Tensor states_BTD, Batch batch) =>
        [.. Sums(states_BTD, batch).Select(s => s.Sum.Select(v => s.Weight == 0 ? float.NaN : v / s.Weight).ToArray())];

    private IEnumerable<int> Counted(EncodedSequence encoding, Sample sample) => pooling switch
    {
        Pooling.Mean => Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0),
        Pooling.Last => [encoding.Ids.Length - 1],
        _ => [Array.IndexOf(encoding.Ids, cls!.Value) is >= 0 and var place ? place : throw new UsageException(
            $"--pooling cls: the tokenizer of {model.Name} puts no classification token around {sample.Where}; use mean or last.")],
    };
}
