using System.Globalization;
using System.Text.RegularExpressions;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>
/// Reads off a record's header where its bases lie on a genome: <c>chromosome=C start=S end=E strand=+</c> and <c>reference=C:S-E</c>
/// (0-based, half-open), as the data tools write them; <c>range=C:S-E</c> and names such as <c>C:S-E(-)</c>, counted from 0 or from 1 as
/// the number of bases tells. A record whose header says nothing of the kind is a chromosome itself.
/// </summary>
public static partial class RecordPlace
{
    /// <summary>The place of a whole record.</summary>
    public static GenomicPlace Of(FastaRecord record) =>
        Columns(record.Description) ?? Reference(record.Description) ?? Region(record)
            ?? new(record.Name, 0, record.Length, '+');

    private static GenomicPlace? Columns(string description) =>
        Value(description, "chromosome") is { } chromosome && Number(Value(description, "start")) is { } start
            && Number(Value(description, "end")) is { } end && start < end
            ? new(chromosome, start, end, Strand(Value(description, "strand")))
            : null;

    private static GenomicPlace? Reference(string description) => Value(description, "reference") is { } text
        && Parsed(text) is { } place && place.Start < place.End ? place : null;

    private static GenomicPlace? Region(FastaRecord record)
    {
        var range = Value(record.Description, "range");
        var name = range ?? record.Name;
        if (range is null && name.IndexOf('|') is > 0 and var bar) name = name[..bar];
        if (Parsed(name) is not { } place) return null;
        if (range is not null && Value(record.Description, "strand") is { } strand) place = place with { Strand = Strand(strand) };
        // samtools and genome browsers count from 1 with both ends included, bedtools and our own windows from 0, half-open.
        var (bases, between) = (record.Length, place.End - place.Start);
        return between == bases ? place
            : between + 1 == bases && place.Start > 0 ? place with { Start = place.Start - 1 }
            : null;
    }

    private static GenomicPlace? Parsed(string text) =>
        Written().Match(text) is { Success: true } found && Number(found.Groups["start"].Value) is { } start
            && Number(found.Groups["end"].Value) is { } end
            ? new(found.Groups["chromosome"].Value, start, end, found.Groups["strand"] is { Success: true } s ? Strand(s.Value) : '+')
            : null;

    private static string? Value(string description, string key)
    {
        for (var at = 0; (at = description.IndexOf(key + "=", at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (at > 0 && !char.IsWhiteSpace(description[at - 1])) continue;
            var from = at + key.Length + 1;
            var to = description.AsSpan(from).IndexOfAny(' ', '\t', '|');
            return to < 0 ? description[from..] : description.Substring(from, to);
        }
        return null;
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static char Strand(string? text) => text is "-" or "." ? text[0] : '+';

    [GeneratedRegex(@"^(?<chromosome>\S+):(?<start>\d+)-(?<end>\d+)(\((?<strand>[-+.])\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
