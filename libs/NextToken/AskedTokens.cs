namespace PluginHost.Libs.NextToken;

using static TorchSharp.torch;

/// <summary>
/// The tokens that a next-token objective asks for: for the token at place t the model is asked at place t - 1. Gathers
/// them row by row and writes <see cref="Keys.Positions"/> and <see cref="Keys.PositionLabels"/>.
/// </summary>
/// <param name="length">Size of axis T.</param>
public sealed class AskedTokens(int length)
{
    private readonly List<long> positions = [];
    private readonly List<long> labels = [];

    /// <summary>How many have a label.</summary>
    public long Targets { get; private set; }

    /// <summary>How many there are, labelled or not: axis M so far.</summary>
    public int Count => positions.Count;

    /// <summary>Asks for the token after a place.</summary>
    /// <param name="row">Row of the batch.</param>
    /// <param name="place">Where the model is asked, 0 to T - 1.</param>
    /// <param name="label">The token that follows, or <see cref="Keys.Ignore"/> where that is not known.</param>
    public void Ask(int row, int place, long label)
    {
        positions.Add((long)row * length + place);
        labels.Add(label);
        if (label != Keys.Ignore) Targets++;
    }

    /// <summary>Asks for every token of an encoding but the first that an objective wants asked.</summary>
    /// <param name="row">Row of the batch.</param>
    /// <param name="encoding">The row.</param>
    /// <param name="asks">Whether the token at a place is asked for.</param>
    public void AskAll(int row, EncodedSequence encoding, Func<int, bool> asks)
    {
        for (var t = 1; t < encoding.Ids.Length; t++)
            if (asks(t)) Ask(row, t - 1, encoding.Ids[t]);
    }

    /// <summary>Asks for what follows every token without telling, for prediction.</summary>
    public void AskBlindly(int row, EncodedSequence encoding)
    {
        for (var t = 0; t < encoding.Ids.Length; t++) Ask(row, t, Keys.Ignore);
    }

    /// <summary>Writes the columns; axis M is at least 1.</summary>
    public Batch Write(Batch batch)
    {
        if (positions.Count == 0) Ask(0, 0, Keys.Ignore);
        return batch
            .Set(Keys.Positions, tensor(positions.ToArray(), [positions.Count]))
            .Set(Keys.PositionLabels, tensor(labels.ToArray(), [labels.Count]));
    }
}
