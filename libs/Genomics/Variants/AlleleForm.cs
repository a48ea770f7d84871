namespace PluginHost.Libs.Genomics.Variants;

/// <summary>A change of bases in its one shortest form, as far left as it can lie: equal changes have equal forms.</summary>
/// <param name="Position">First base that is replaced, 0-based; the one behind an insertion.</param>
/// <param name="Reference">What is taken out; empty for an insertion.</param>
/// <param name="Alternative">What is put in; empty for a deletion.</param>
public readonly record struct AlleleForm(long Position, string Reference, string Alternative)
{
    /// <summary>
    /// Trims what both alleles share at their ends, then moves an insertion or deletion left while the sequence allows it.
    /// </summary>
    /// <param name="position">Of REF's first base, 0-based.</param>
    /// <param name="reference">REF, upper case.</param>
    /// <param name="alternative">ALT, upper case.</param>
    /// <param name="baseAt">The base at a place before <paramref name="position"/>.</param>
    public static AlleleForm Of(long position, string reference, string alternative, Func<long, char> baseAt)
    {
        var (start, shorter) = (0, Math.Min(reference.Length, alternative.Length));
        while (start < shorter && reference[start] == alternative[start]) start++;
        var end = 0;
        while (end < shorter - start && reference[^(end + 1)] == alternative[^(end + 1)]) end++;
        var (taken, put, at) = (reference[start..^end], alternative[start..^end], position + start);
        if (taken.Length > 0 && put.Length > 0) return new(at, taken, put);
        var turned = taken.Length > 0 ? taken : put;
        if (turned.Length == 0) return new(at, "", "");
        for (; at > 0; at--)
        {
            var before = at - 1 >= position ? reference[(int)(at - 1 - position)] : baseAt(at - 1);
            if (before != turned[^1]) break;
            turned = before + turned[..^1];
        }
        return taken.Length > 0 ? new(at, turned, "") : new(at, "", turned);
    }
}
