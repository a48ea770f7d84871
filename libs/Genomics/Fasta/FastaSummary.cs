using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Says what a FASTA file holds.</summary>
public static class FastaSummary
{
    public static string Describe(string path, IReadOnlyList<FastaRecord> records)
    {
        var total = records.Sum(r => r.Length);
        var text = $"{DataFile.Show(path)}: {Wording.Counted(records.Count, "record")}, {Wording.Counted(total, "base")}";
        if (records.Any(r => r.Ambiguity is null)) return text + ".";
        var unknown = records.Sum(r => Unknown(r.Ambiguity!));
        var other = records.Sum(r => r.Ambiguity!.Total) - unknown;
        var lower = records.Sum(r => r.LowerCase);
        return $"{text}; N {Wording.Share(unknown, total)}, other IUPAC codes {Wording.Share(other, total)}, lower case "
            + $"{Wording.Share(lower, total)}{(lower > 0 ? " (read as upper case)" : "")}.";
    }

    private static long Unknown(AmbiguityMap map)
    {
        var count = 0L;
        for (var i = 0; i < map.Runs; i++) if (map[i].Code == 'N') count += map[i].End - map[i].Start;
        return count;
    }
}
