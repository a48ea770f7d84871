namespace PluginHost.Plugins.Interpret.Attention;

using static TorchSharp.torch;

/// <summary>
/// Reads, of one layer, what some tokens of each sequence attend to: "H S" a sequence, the mean over those tokens. Everything else is
/// dropped as it is computed, so that memory holds one layer's attention of one batch and no more.
/// </summary>
/// <param name="layer">Counted from 0; null for the last that comes by.</param>
/// <param name="from">Of each row, the tokens that attend; axis Q.</param>
internal sealed class FromTokens(int? layer, IReadOnlyList<IReadOnlyList<int>> from) : IAttentionReader
{
    /// <summary>Layers that came by.</summary>
    public int Seen { get; private set; }

    /// <summary>Of each row "H S"; null where the layer did not come by.</summary>
    public float[][,]? Shares { get; private set; }

    /// <inheritdoc/>
    public void Read(string stack, int layerRead, Tensor shares)
    {
        if (stack != AttentionStacks.Tokens) return;
        Seen = Math.Max(Seen, layerRead + 1);
        if (layer is { } wanted && wanted != layerRead) return;
        using var scope = NewDisposeScope();
        Shares = new float[from.Count][,];
        for (var b = 0; b < from.Count; b++)
        {
            var (heads, tokens) = ((int)shares.shape[1], (int)shares.shape[3]);
            Shares[b] = new float[heads, tokens];
            if (from[b].Count == 0) continue;
            var places = tensor(from[b].Select(t => (long)t).ToArray()).to(shares.device);
            var mean_HS = shares[b].index_select(1, places).to_type(ScalarType.Float32).mean([1L]).cpu().contiguous();
            var flat = mean_HS.data<float>().ToArray();
            for (var h = 0; h < heads; h++)
                for (var s = 0; s < tokens; s++) Shares[b][h, s] = flat[h * tokens + s];
        }
    }
}
