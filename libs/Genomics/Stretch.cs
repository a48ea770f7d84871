using System.Globalization;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Libs.Genomics;

/// <summary>A stretch of a chromosome.</summary>
/// <param name="Chromosome">Its name.</param>
/// <param name="Start">0-based.</param>
/// <param name="End">Half-open.</param>
public sealed record Stretch(string Chromosome, long Start, long End)
{
    /// <summary>Reads <c>chr20:1000001-2000000</c>, counted from 1, both included; null if it is none.</summary>
    public static Stretch? TryParse(string written)
    {
        var colon = written.LastIndexOf(':');
        var places = colon < 1 ? [] : written[(colon + 1)..].Replace(",", "").Split('-');
        return places.Length == 2
            && long.TryParse(places[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first > 0
            && long.TryParse(places[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first
            ? new(written[..colon], first - 1, last)
            : null;
    }

    /// <summary>What is wrong with a stretch as it is written, in words that follow its option's name; null for nothing.</summary>
    /// <param name="written">Null where none is given.</param>
    public static string? Complaint(string? written) => written is null || TryParse(written) is not null ? null
        : $"must be CHROMOSOME:FIRST-LAST, counted from 1, such as chr20:1000001-2000000, but is '{written}'.";

    /// <summary>Whether a variant is about any base of it.</summary>
    public bool Touches(VcfRecord variant) => variant.Position < End && variant.End > Start;
}
