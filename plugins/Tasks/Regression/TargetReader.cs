using System.Globalization;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Regression;

/// <summary>The targets of a sample, transformed; NaN where one is missing and that is allowed.</summary>
/// <param name="options">Fields, transform, what missing ones mean.</param>
/// <param name="targets">The fields, without patterns.</param>
internal sealed class TargetReader(RegressOptions options, IReadOnlyList<string> targets)
{
    private readonly NumberFields fields = new(targets, "targets");

    /// <summary>A name for each target of a sample.</summary>
    public IReadOnlyList<string> Names(Sample sample) => fields.Names(sample);

    /// <summary>The targets.</summary>
    /// <exception cref="DataException">A field or a number is missing, or the logarithm of one is.</exception>
    public float[] Read(Sample sample)
    {
        var numbers = (float[])fields.Read(sample).Clone();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (float.IsInfinity(numbers[i]) || (float.IsNaN(numbers[i]) && options.MissingTargets == MissingTargets.Error))
                throw new DataException($"{sample.Where}: the target {fields.FieldOf(sample, i)} is "
                    + $"{(float.IsNaN(numbers[i]) ? "missing or not a number (NaN)" : "infinite")}; fill it in, remove the row, or set "
                    + "'missingTargets: skip'.");
            if (options.Transform != Transform.None) numbers[i] = Logarithm(sample, i, numbers[i]);
        }
        return numbers;
    }

    private float Logarithm(Sample sample, int index, float value)
    {
        var shifted = value + options.Pseudocount;
        if (shifted <= 0)
            throw new DataException($"{sample.Where}: the target {fields.FieldOf(sample, index)} is "
                + $"{value.ToString(CultureInfo.InvariantCulture)}, which has no logarithm with a pseudocount of "
                + $"{options.Pseudocount.ToString(CultureInfo.InvariantCulture)}; raise 'pseudocount' or set 'transform: none'.");
        return (float)(options.Transform switch
        {
            Transform.Log10 => Math.Log10(shifted),
            Transform.Log2 => Math.Log2(shifted),
            _ =>
            Math.Log(shifted)
        });
    }
}
