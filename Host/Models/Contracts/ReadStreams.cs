namespace PluginHost.Host.Models.Contracts;

using static TorchSharp.torch;

/// <summary>
/// What heads have read of a backbone, as far as it is still there: a stream that is computed when first read belongs to the dispose
/// scope of the head that read it, and may have gone with it.
/// </summary>
internal static class ReadStreams
{
    /// <summary>Streams that some head reads, that have been computed and are not disposed of, each once.</summary>
    public static IReadOnlyList<(StreamKey Key, Tensor Tensor)> Of(TaskModel model, BackboneOutput output) =>
        [.. model.Heads.Values.SelectMany(h => h.Reads).Distinct().Where(output.IsComputed).Select(s => (s, output[s]))
            .Where(s => !s.Item2.IsInvalid)];
}
