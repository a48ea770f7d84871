using System.Text.RegularExpressions;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>A record of an alignment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Date">As found in its header; empty where none is asked for.</param>
/// <param name="Sequence">Upper-case IUPAC codes, T for U, and - for gaps.</param>
internal sealed record AlignedRecord(string Name, string Date, string Sequence);

/// <summary>Reads aligned sequences.</summary>
internal static class AlignedSequences
{
    private const string Codes = Iupac.Codes + "U-.";
    private static readonly Alphabet written = Alphabet.Of(Codes + Codes[..^2].ToLowerInvariant());

    /// <summary>Reads a FASTA file.</summary>
    /// <exception cref="DataException">It is malformed, its sequences differ in length, or a date is not found.</exception>
    public static IReadOnlyList<AlignedRecord> Read(string path, string? date)
    {
        var file = FastaFile.OpenText(path, written);
        var shown = DataFile.Show(path);
        var regex = date is null ? null : new Regex(date, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var first = file.Records[0];
        if (file.Records.FirstOrDefault(r => r.Length != first.Length) is { } other)
            throw new DataException($"{shown}:{other.Line}: '{other.Name}' has {other.Length:N0} columns, but '{first.Name}' has "
                + $"{first.Length:N0}; the sequences must be aligned, with '-' for gaps.");
        return [.. file.Records.Select(r => new AlignedRecord(r.Name, Date(r),
            file.Read(r, 0, checked((int)r.Length)).ToUpperInvariant().Replace('U', 'T').Replace('.', '-')))];

        string Date(FastaRecord record)
        {
            if (regex is null) return "";
            var header = record.Description.Length > 0 ? $"{record.Name} {record.Description}" : record.Name;
            return regex.Match(header) is { Success: true } match ? match.Groups.Count > 1 ? match.Groups[1].Value : match.Value
                : throw new DataException(
                    $"{shown}:{record.Line}: '{date}' is not found in '{header}'; change --date or remove the record.");
        }
    }
}
