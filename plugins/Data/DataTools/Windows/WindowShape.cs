using System.Globalization;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>A window's place relative to its anchor.</summary>
/// <param name="From">First position; the anchor is 0, downstream is positive.</param>
/// <param name="To">Last position, included.</param>
internal readonly record struct WindowShape(int From, int To)
{
    private const int Longest = 1 << 28;

    /// <summary>Bases.</summary>
    public int Length => To - From + 1;

    /// <summary>Reads <c>-249..50</c>, <c>promoter</c>, <c>core-promoter</c>, or for whole features the bases to add.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryParse(string? written, bool whole, out WindowShape shape)
    {
        shape = default;
        if (whole)
        {
            if (!int.TryParse(written ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var flank) || flank > Longest)
                return $"must be the bases to add on both sides of whole features, but is '{written}'.";
            shape = new(-flank, flank);
            return null;
        }
        switch (written)
        {
            case null: return "is needed: first and last position around the anchor, for example -249..50.";
            case "promoter": shape = new(-249, 50); return null;
            case "core-promoter": shape = new(-34, 35); return null;
        }
        var parts = written.Split("..");
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var to))
            return $"must be two positions such as -249..50, promoter, or core-promoter, but is '{written}'.";
        if (to < from || Math.Max(Math.Abs((long)from), Math.Abs((long)to)) > Longest)
            return $"must end at or after its start, within {Longest:N0} bases of the anchor, but is '{written}'.";
        shape = new(from, to);
        return null;
    }
}
