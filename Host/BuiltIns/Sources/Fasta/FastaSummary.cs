using PluginHost.Host.BuiltIns.Sources.Files;

namespace PluginHost.Host.BuiltIns.Sources.Fasta;

/// <summary>Says what a FASTA file holds.</summary>
internal static class FastaSummary
{
    public static string Describe(string path, IReadOnlyList<FastaRecord> records)
    {
        var total = records.Sum(r => r.Length);
        var text = $"{DataFile.Show(path)}: {Counted(records.Count, "record")}, {Counted(total, "base")}";
        if (records.Any(r => r.Ambiguity is null)) return text + ".";
        var unknown = records.Sum(r => Unknown(r.Ambiguity!));
        var other = records.Sum(r => r.Ambiguity!.Total) - unknown;
        var lower = records.Sum(r => r.LowerCase);
        return $"{text}; N {Share(unknown, total)}, other IUPAC codes {Share(other, total)}, lower case {Share(lower, total)}{(lower > 0 ? " (read as upper case)" : "")}.";
    }

    /// <summary>A count with its noun: <c>1 record</c>, <c>2,048 records</c>.</summary>
    public static string Counted(long count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A share in per cent that is 0 only when there is nothing.</summary>
    public static string Share(long part, long whole) => part switch
    {
        0 => "0 %",
        _ when part * 10_000.0 / whole < 1 => "under 0.01 %",
        _ => FormattableString.Invariant($"{100.0 * part / whole:0.##} %"),
    };

    private static long Unknown(AmbiguityMap map)
    {
        var count = 0L;
        for (var i = 0; i < map.Runs; i++) if (map[i].Code == 'N') count += map[i].End - map[i].Start;
        return count;
    }
}
