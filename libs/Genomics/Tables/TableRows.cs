using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>The rows of one table, with what was counted while they were read.</summary>
/// <param name="path">The file.</param>
/// <param name="labelled">Whether there is a label column.</param>
/// <param name="alphabet">What sequences are made of.</param>
public sealed class TableRows(string path, bool labelled, Alphabet alphabet)
{
    private readonly List<Sample> samples = [];
    private long bases, unknown, ambiguous, lowerCase;

    public string Path => path;
    public bool Labelled => labelled;
    public IReadOnlyList<Sample> Samples => samples;

    public void Add(Sample sample) => samples.Add(sample);

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
        + $"lower case {Wording.Share(lowerCase, bases)}{(lowerCase > 0 ? " (read as upper case)" : "")}{(labelled ? "" : "; no labels")}.";
}
