namespace PluginHost.Host.Batches;

/// <summary>A collated batch on its way to the model.</summary>
/// <param name="Batch">On the CPU.</param>
/// <param name="Plan">Its place among the batches of its split.</param>
/// <param name="Counted">What encoding counted.</param>
public sealed record PreparedBatch(Batch Batch, PlannedBatch Plan, EncodingTally Counted) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Batch.Dispose();
}
