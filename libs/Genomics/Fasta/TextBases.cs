using System.Text;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Sequences over any alphabet, kept in memory as they are written.</summary>
public sealed class TextBases : IBases
{
    private readonly Alphabet alphabet;
    private readonly Dictionary<string, string> sequences = new(StringComparer.Ordinal);

    private TextBases(Alphabet alphabet) => this.alphabet = alphabet;

    /// <summary>Reads a FASTA file, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="alphabet">What sequences are made of.</param>
    /// <param name="bad">Records without a sequence or with a name that is there already; null to refuse them.</param>
    /// <returns>The records in file order, and their sequences.</returns>
    /// <exception cref="DataException">It is no FASTA, a record is malformed, or a character is not in the alphabet.</exception>
    public static (IReadOnlyList<FastaRecord> Records, TextBases Text) Read(string path, Alphabet alphabet, BadRecords? bad = null)
    {
        var text = new TextBases(alphabet);
        List<FastaRecord> records = [];
        var sequence = new StringBuilder();
        FastaRecord? record = null;
        foreach (var (number, line) in LineReader.Read(path, "FASTA", TextFormat.Fasta))
        {
            var where = $"{DataFile.Show(path)}:{number}";
            var content = line.Trim();
            if (content.StartsWith('>'))
            {
                Finish();
                var words = content[1..].Trim().Split([' ', '\t'], 2, StringSplitOptions.TrimEntries);
                if (words[0].Length == 0)
                    throw new DataException($"{where}: the header has no name; write '>NAME' with a name of its own for each record.");
                record = new(words[0], 0, new LineLayout(0, 0, 0)) { Description = words.Length > 1 ? words[1] : "", Line = number };
            }
            else if (content.Length > 0)
            {
                if (record is null)
                    throw new DataException($"{where}: there is no '>' header before the first sequence line; a FASTA record begins with "
                        + "'>' and a name.");
                sequence.Append(alphabet.Normalize(content, where));
            }
        }
        Finish();
        return records.Count > 0 ? (records, text) : throw new DataException(
            $"{DataFile.Show(path)} holds no FASTA record; the first line of a FASTA file is '>' and a name.");

        void Finish()
        {
            if (record is null) return;
            var where = $"{DataFile.Show(path)}:{record.Line}: record '{record.Name}'";
            if (sequence.Length == 0)
            {
                if (bad is not { Skips: true })
                    throw new DataException($"{where} has no sequence; give it one or remove its header{bad?.Remedy}.");
                bad.Empty(record.Line);
                return;
            }
            var letters = sequence.ToString();
            sequence.Clear();
            if (!text.sequences.TryAdd(record.Name, letters))
            {
                if (bad is not { Skips: true })
                    throw new DataException($"{where} is there already; give each record a name of its own{bad?.Remedy}.");
                bad.Repeated(record.Line);
                return;
            }
            records.Add(record with { Length = letters.Length, Ambiguity = new AmbiguityMap() });
        }
    }

    /// <inheritdoc/>
    public void Read(FastaRecord record, long start, Span<char> destination) =>
        sequences[record.Name].AsSpan((int)start, destination.Length).CopyTo(destination);

    /// <summary>One sentence on the file.</summary>
    internal string Describe(string path) => $"{DataFile.Show(path)}: {Wording.Counted(sequences.Count, "record")}, "
        + $"{Wording.Counted(sequences.Values.Sum(s => (long)s.Length), "character")} of the alphabet {alphabet.Characters}.";
}
