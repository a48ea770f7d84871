namespace PluginHost.Plugins.Interpret.GGrams;

using static TorchSharp.torch;

/// <summary>
/// The attention that each G-gram of a sequence gets in each layer of the G-gram encoder: the mean over heads and over the G-grams that
/// attend (DNAZEN, figure 3). The shares of a layer sum to 1.
/// </summary>
internal sealed class GGramAttention : IAttentionReader
{
    /// <summary>What the architecture calls it.</summary>
    public const string Stack = "ggrams";

    private readonly int[] places;
    private readonly List<float[][]> layers = [];

    private GGramAttention(int[] places) => this.places = places;

    /// <summary>Runs the model over a batch.</summary>
    /// <returns>By row: axes layer, place on axis G; no layers where the architecture has no attention of G-grams.</returns>
    public static IReadOnlyList<float[][]> Of(TrainedModel model, Batch batch)
    {
        using var scope = NewDisposeScope();
        var reader = new GGramAttention([.. batch.Encodings.Select(GGramReader.Places)]);
        model.Forward(batch, Capture.Reading(reader));
        return [.. reader.places.Select((_, b) => reader.layers.Select(layer => layer[b]).ToArray())];
    }

    /// <inheritdoc/>
    public void Read(string stack, int layer, Tensor shares)
    {
        if (stack != Stack) return;
        using var scope = NewDisposeScope();
        layers.Add([.. places.Select((count, b) => count == 0 ? []
            : shares[b].narrow(1, 0, count).narrow(2, 0, count).to_type(ScalarType.Float32).mean([0L, 1L]).cpu().data<float>().ToArray())]);
    }
}
