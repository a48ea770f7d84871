namespace PluginHost.Libs.Supervised;

using static TorchSharp.torch;

/// <summary>Tensors as plain arrays, and the other way round.</summary>
public static class Arrays
{
    /// <summary>A float tensor "N C" on the CPU.</summary>
    public static float[,] Rows(Tensor values_NC)
    {
        var rows = new float[values_NC.shape[0], values_NC.shape[1]];
        var flat = values_NC.contiguous().data<float>().ToArray();
        Buffer.BlockCopy(flat, 0, rows, 0, flat.Length * sizeof(float));
        return rows;
    }

    /// <summary>Rows of one length as a float tensor "N C".</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="width">Size of axis C.</param>
    public static Tensor Stack(IReadOnlyList<float[]> rows, int width)
    {
        var flat = new float[rows.Count * width];
        for (var n = 0; n < rows.Count; n++) rows[n].CopyTo(flat, n * width);
        return tensor(flat, [rows.Count, width]);
    }
}
