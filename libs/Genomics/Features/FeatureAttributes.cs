namespace PluginHost.Libs.Genomics.Features;

/// <summary>
/// The ninth column of GFF3 (<c>ID=x;Parent=y</c>) or GTF (<c>gene_id "x"; transcript_id "y"</c>), taken apart when asked.
/// </summary>
/// <param name="written">The column.</param>
public sealed class FeatureAttributes(string written)
{
    /// <summary>A value, or null.</summary>
    public string? this[string key]
    {
        get
        {
            foreach (var part in written.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var end = part.AsSpan().IndexOfAny('=', ' ');
                if (end == key.Length && part.StartsWith(key, StringComparison.Ordinal))
                    return Uri.UnescapeDataString(part[(end + 1)..].Trim().Trim('"'));
            }
            return null;
        }
    }

    /// <summary>The first of several keys that has a value; null when none has.</summary>
    public string? First(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys) if (this[key] is { } value) return value;
        return null;
    }
}
