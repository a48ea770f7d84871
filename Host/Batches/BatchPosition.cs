namespace PluginHost.Host.Batches;

/// <summary>
/// Where in the endless sequence of training batches a run stands: all a checkpoint needs to go on with the very next batch.
/// </summary>
/// <param name="Epoch">Pass over the training split, from 0.</param>
/// <param name="Pool">Stretch of the epoch's shuffled samples, from 0.</param>
/// <param name="Index">Batch of that pool, from 0.</param>
public readonly record struct BatchPosition(long Epoch, long Pool, int Index);

/// <summary>A batch that is decided on but not yet made.</summary>
/// <param name="Position">Its place.</param>
/// <param name="Samples">Indices into the split, in row order.</param>
/// <param name="Next">The place of the batch after it.</param>
/// <param name="EpochShare">How much of the epoch is over once it is used, 0 to 1.</param>
public sealed record PlannedBatch(BatchPosition Position, long[] Samples, BatchPosition Next, double EpochShare)
{
    /// <summary>
    /// The samples themselves where planning drew them and they are small enough to be kept; else null, and they are drawn again.
    /// </summary>
    public IReadOnlyList<Sample>? Drawn { get; init; }
}
