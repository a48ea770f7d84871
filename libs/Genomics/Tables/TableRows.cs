using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>The rows of one table, with what was counted while they were read.</summary>
/// <param name="path">The file.</param>
/// <param name="labelled">Whether there is a label column.</param>
/// <param name="alphabet">What sequences are made of.</param>
/// <param name="bad">Rows that are left out.</param>
public sealed class TableRows(string path, bool labelled, Alphabet alphabet, BadRecords bad)
{
    private readonly List<Sample> samples = [];
    private bool countedFromOne;
    private long bases, unknown, ambiguous, lowerCase;

    public string Path => path;
    public bool Labelled => labelled;
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>Rows that hold nothing but separators.</summary>
    public long Blank { get; set; }

    /// <summary>Rows whose chromosome, start and end are no place, in a table that has these columns.</summary>
    public long Unplaced { get; set; }

    /// <summary>What is left out, in sentences.</summary>
    public IReadOnlyList<string> LeftOut => bad.LeftOut;

    public void Add(Sample sample) => samples.Add(sample);

    /// <summary>
    /// Once all rows are there: where every sequence is one base longer than end - start, places are counted from 1 with both ends
    /// included.
    /// </summary>
    public void Finish()
    {
        if (!samples.Exists(s => s.Place is not null)
            || !samples.TrueForAll(s => s.Place is not { } p || (p.Start > 0 && p.End - p.Start + 1 == s.Sequence.Length))) return;
        countedFromOne = true;
        for (var i = 0; i < samples.Count; i++)
            if (samples[i].Place is { } place) samples[i] = samples[i] with { Place = place with { Start = place.Start - 1 } };
    }

    /// <summary>Counts a sequence as written.</summary>
    public void Count(ReadOnlySpan<char> sequence)
    {
        bases += sequence.Length;
        if (!alphabet.IsDna) return;
        foreach (var c in sequence)
        {
            if (char.IsAsciiLetterLower(c)) lowerCase++;
            switch (c)
            {
                case 'A' or 'C' or 'G' or 'T' or 'U' or 'a' or 'c' or 'g' or 't' or 'u': break;
                case 'N' or 'n': unknown++; break;
                default: ambiguous++; break;
            }
        }
    }

    /// <summary>One sentence on the sequences.</summary>
    public string Describe() => !alphabet.IsDna
        ? $"{DataFile.Show(path)}: {Wording.Counted(samples.Count, "row")}, {Wording.Counted(bases, "character")} of the alphabet "
            + $"{alphabet.Characters}{(labelled ? "" : "; no labels")}."
        : $"{DataFile.Show(path)}: {Wording.Counted(samples.Count, "row")}, {Wording.Counted(bases, "base")}; "
        + $"N {Wording.Share(unknown, bases)}, other IUPAC codes {Wording.Share(ambiguous, bases)}, "
        + $"lower case {Wording.Share(lowerCase, bases)}{(lowerCase > 0 ? " (read as upper case)" : "")}{(labelled ? "" : "; no labels")}"
        + $"{(Blank > 0 ? $"; {Wording.Counted(Blank, "row")} of empty cells skipped" : "")}."
        + (countedFromOne ? " Its places count from 1 with both ends included, as the lengths of the sequences tell; "
            + "outputs have them 0-based and half-open." : "")
        + (Unplaced > 0 && Unplaced < samples.Count
            ? $" {Wording.Counted(Unplaced, "row")} have no place: start and end must be whole numbers, start before end." : "");
}
