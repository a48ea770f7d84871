namespace PluginHost.Libs.Supervised;

using static TorchSharp.torch;

/// <summary>Plain arrays as tensors; the other way is <see cref="ScoredItems.Rows"/>.</summary>
public static class Arrays
{
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
