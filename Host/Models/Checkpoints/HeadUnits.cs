using PluginHost.Host.Models.Checkpoints.Export;

namespace PluginHost.Host.Models.Checkpoints;

using static TorchSharp.torch;

/// <summary>
/// The change from a head's own outputs to the units of the data, put into its last linear layer: other programs know no step after it.
/// </summary>
/// <param name="Weight">State name of the layer's weight, "C D".</param>
/// <param name="Bias">State name of its bias, "C".</param>
/// <param name="Units">One an output.</param>
public sealed record HeadUnits(string Weight, string Bias, IReadOnlyList<OutputUnit> Units)
{
    /// <summary>That of a model; null where its outputs are in the units of the data as they are.</summary>
    /// <exception cref="DataException">Its head does not end in a linear layer that could take it in.</exception>
    public static HeadUnits? Of(TaskModel model, ScoreCard card)
    {
        if (!card.OutputUnits.Any(u => u.Scale != 1 || u.Offset != 0)) return null;
        if (model.Heads.Values.ToList() is not [{ LastLinear: var (weight, bias) } head])
            throw new DataException(
                "The model predicts numbers as distances from the training mean in training deviations, and its head has "
                + "no last linear layer with a bias that could take these in: other programs would show other values. Its model folder is "
                + "read by this host; for an export train with a head that has one, such as the objective's own.");
        return new($"{head.StatePrefix}.{weight}", $"{head.StatePrefix}.{bias}", card.OutputUnits);
    }

    /// <summary>A tensor of the model as the file has it; others are returned as they are.</summary>
    /// <param name="name">State name.</param>
    /// <param name="tensor">Float32; disposed of where another is returned.</param>
    public Tensor Fold(string name, Tensor tensor) => Change(name, tensor, (value, scale, offset) => value * scale + offset);

    /// <summary>The reverse of <see cref="Fold"/>, but for rounding.</summary>
    public Tensor Unfold(string name, Tensor tensor) => Change(name, tensor, (value, scale, offset) => (value - offset) / scale);

    private Tensor Change(string name, Tensor tensor, Func<Tensor, Tensor, Tensor, Tensor> change)
    {
        if (name != Weight && name != Bias) return tensor;
        if (tensor.shape.FirstOrDefault() != Units.Count)
            throw new DataException($"'{ExportRecord.FileName}' has {Units.Count} units for the outputs of '{name}' "
                + $"[{string.Join(", ", tensor.shape)}]; fetch the folder again.");
        using var scope = NewDisposeScope();
        using var own = tensor;
        long[] shape = name == Weight ? [Units.Count, 1] : [Units.Count];
        var scale = Doubles(Units.Select(u => u.Scale), shape);
        var offset = Doubles(Units.Select(u => name == Weight ? 0 : u.Offset), shape);
        return change(own.to_type(ScalarType.Float64), scale, offset).to_type(own.dtype).contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor Doubles(IEnumerable<double> values, long[] shape) => tensor(values.ToArray()).view(shape);
}
