using PluginHost.Libs.Tools.Answers;
using PluginHost.Plugins.Embed.Cutting;
using PluginHost.Plugins.Embed.Files;

namespace PluginHost.Plugins.Embed.Vectors;

using static TorchSharp.torch;

/// <summary>One sum of states per window: of the tokens that stand for bases, or the one state that is asked for.</summary>
/// <param name="pooling">Which states.</param>
internal sealed class PooledReader(StatePooling pooling) : IWindowReader
{
    /// <inheritdoc/>
    public IReadOnlyList<WindowVectors> Read(Tensor states_BTD, Batch batch, IReadOnlyList<Window> windows) =>
        [.. pooling.Sums(states_BTD, batch).Select((s, b) => new WindowVectors(
            batch.Samples[b].Id, [VectorPlace.Of(batch.Samples[b].Place, BaseSpan.None)], s.Sum, s.Weight))];
}
