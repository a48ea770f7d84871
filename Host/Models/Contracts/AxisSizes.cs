namespace PluginHost.Host.Models.Contracts;

/// <summary>
/// What axis letters stand for in one batch: B, T and whatever else its columns have, D of streams, V and C. A letter that nothing fixes
/// is fixed by where it stands first.
/// </summary>
internal sealed class AxisSizes
{
    private readonly Dictionary<string, long> sizes = [];
    private readonly Dictionary<string, long> least = [];

    /// <summary>The axes of a batch's columns.</summary>
    public static AxisSizes Of(Batch batch)
    {
        var known = new AxisSizes();
        foreach (var axis in batch.Columns.SelectMany(c => c.AxisNames).Distinct()) known.sizes[axis] = batch.Axis(axis);
        return known;
    }

    /// <summary>The same with an axis more, or of another size.</summary>
    public AxisSizes With(string axis, long size)
    {
        var more = Copy();
        more.sizes[axis] = size;
        return more;
    }

    /// <summary>The same with an axis of which the least size is known.</summary>
    public AxisSizes AtLeast(string axis, long size)
    {
        var more = Copy();
        more.sizes.Remove(axis);
        more.least[axis] = size;
        return more;
    }

    /// <summary>The same without an axis: its letter means something else here.</summary>
    public AxisSizes Without(string axis)
    {
        var fewer = Copy();
        fewer.sizes.Remove(axis);
        return fewer;
    }

    /// <summary>Whether a letter is known.</summary>
    public bool Has(string axis) => sizes.ContainsKey(axis);

    /// <summary>Compares a shape with what it is declared as; letters that are new are taken from it.</summary>
    /// <param name="axes">Letters separated by spaces.</param>
    /// <param name="shape">As it came.</param>
    /// <returns>What it had to be, such as "[3, 12, D]"; null where it fits.</returns>
    public string? Misfit(string axes, long[] shape)
    {
        var names = axes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fits = names.Length == shape.Length;
        for (var i = 0; fits && i < names.Length; i++)
        {
            if (sizes.TryGetValue(names[i], out var size)) fits = shape[i] == size;
            else if (least.TryGetValue(names[i], out var few)) fits = shape[i] >= few;
            else sizes[names[i]] = shape[i];
        }
        return fits ? null : $"[{string.Join(", ", names.Select(Show))}]";
    }

    private string Show(string axis) => sizes.TryGetValue(axis, out var size) ? $"{size}"
        : least.TryGetValue(axis, out var few) ? $"at least {few}" : axis;

    private AxisSizes Copy()
    {
        var copy = new AxisSizes();
        foreach (var (axis, size) in sizes) copy.sizes[axis] = size;
        foreach (var (axis, size) in least) copy.least[axis] = size;
        return copy;
    }
}
