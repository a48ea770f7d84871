namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>Reads the GC contents asked for back from batches.</summary>
internal static class GcContents
{
    // The mean of a few thousand contents is as good as that of all.
    private const int BatchesForMean = 200;

    /// <summary>Those of a batch.</summary>
    public static IEnumerable<float> Of(Batch batch, MultiTaskDnaOptions options) => options.Gc <= 0
        ? []
        : batch[Keys.NumberPositionTargets].cpu().data<float>().ToArray().Where(t => !float.IsNaN(t));

    /// <summary>The mean in training.</summary>
    public static float Mean(BaselineContext context, MultiTaskDnaOptions options)
    {
        if (options.Gc <= 0) return 0;
        var contents = context.TrainBatches(BatchesForMean).SelectMany(batch => Of(batch, options).ToList()).ToList();
        return contents.Count == 0 ? 0.5f : contents.Average();
    }
}
