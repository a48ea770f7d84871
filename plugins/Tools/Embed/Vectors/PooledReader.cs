using PluginHost.Plugins.Embed.Cutting;
using PluginHost.Plugins.Embed.Files;

namespace PluginHost.Plugins.Embed.Vectors;

using static TorchSharp.torch;

/// <summary>One sum of states per window: of the tokens that stand for bases, or the one state that is asked for.</summary>
/// <param name="model">Names itself in messages; knows its classification token.</param>
/// <param name="pooling">Which states.</param>
internal sealed class PooledReader(TrainedModel model, Pooling pooling) : IWindowReader
{
    private readonly int? cls = model.Tokenizer.Vocabulary.Classification;

    /// <summary>Refuses a pooling that the vocabulary has no token for.</summary>
    /// <exception cref="UsageException">It has no classification token.</exception>
    public void Check()
    {
        if (pooling == Pooling.Cls && cls is null)
            throw new UsageException($"--pooling cls: the vocabulary of {model.Name} has no classification token; use mean or last.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<WindowVectors> Read(Tensor states_BTD, Batch batch, IReadOnlyList<Window> windows)
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
        return [.. Enumerable.Range(0, rows).Select(b => new WindowVectors(
            batch.Samples[b].Id, [VectorPlace.Of(batch.Samples[b].Place, BaseSpan.None)], sums[(b * width)..((b + 1) * width)],
                weights[b]))];
    }

    private IEnumerable<int> Counted(EncodedSequence encoding, Sample sample) => pooling switch
    {
        Pooling.Mean => Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0),
        Pooling.Last => [encoding.Ids.Length - 1],
        _ => [Array.IndexOf(encoding.Ids, cls!.Value) is >= 0 and var place ? place : throw new UsageException(
            $"--pooling cls: the tokenizer of {model.Name} puts no classification token around {sample.Where}; use mean or last.")],
    };
}
