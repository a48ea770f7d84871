namespace PluginHost.Checkpoints;

using static TorchSharp.torch;

/// <summary>Refuses weights that are not numbers: everything a model with one computes may be NaN.</summary>
public static class FiniteWeights
{
    /// <summary>Looks through a tensor; whole numbers are always finite.</summary>
    /// <param name="tensor">On any device.</param>
    /// <param name="file">It comes from, for the message.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="remedy">A sentence on what to do.</param>
    /// <exception cref="DataException">It has values that are NaN or infinite: says how many.</exception>
    public static void Check(Tensor tensor, string file, string name, string remedy)
    {
        if (!is_floating_point(tensor.dtype)) return;
        using var scope = NewDisposeScope();
        var wrong = tensor.numel() - tensor.isfinite().sum().item<long>();
        if (wrong > 0)
            throw new DataException($"'{file}': weight '{name}' has {wrong:N0} of {tensor.numel():N0} values that are not finite (NaN or "
                + $"infinite), and the model would compute NaN with them. {remedy}");
    }
}
