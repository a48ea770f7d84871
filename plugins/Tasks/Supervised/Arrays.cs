namespace PluginHost.Plugins.Classification;

using static TorchSharp.torch;

/// <summary>Tensors as plain arrays.</summary>
internal static class Arrays
{
    /// <summary>A float tensor "N C" on the CPU.</summary>
    public static float[,] Rows(Tensor values_NC)
    {
        var rows = new float[values_NC.shape[0], values_NC.shape[1]];
        var flat = values_NC.contiguous().data<float>().ToArray();
        Buffer.BlockCopy(flat, 0, rows, 0, flat.Length * sizeof(float));
        return rows;
    }
}
