using System.Buffers;
using System.Text;
using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>
/// Reads FASTA text once from start to end: finds the records, checks every character, and counts. Feed it the file piece by piece.
/// </summary>
/// <remarks>Takes any line length and any mix of LF, CRLF and CR; blank lines; lower case; no final line end.</remarks>
/// <param name="path">For messages.</param>
/// <param name="store">Where the bases are kept as well, or null.</param>
/// <param name="bad">Records without bases and those whose name is there already; null to refuse them.</param>
public sealed class FastaScanner(string path, TwoBitStore? store = null, BadRecords? bad = null)
{
    private const int LongestHeader = 1 << 20;
    private const int LongestSegment = 1 << 16;
    private readonly Dictionary<string, long> names = new(StringComparer.Ordinal);
    private readonly List<FastaRecord> records = [];
    private readonly ArrayBufferWriter<byte> header = new();
    private RecordBuilder? record;
    private long offset, line = 1, lineStart, lineBases, totalBases;
    private bool lineEnded, afterReturn, inHeader, lineHasBlanks, started, repeats;

    /// <summary>Takes the next bytes in.</summary>
    /// <exception cref="DataException">This is no FASTA, or a record is malformed.</exception>
    public void Feed(ReadOnlySpan<byte> piece)
    {
        var i = 0;
        if (!started) i = Start(piece);
        while (i < piece.Length)
        {
            if (lineEnded)
            {
                if (afterReturn && piece[i] == '\n')
                {
                    afterReturn = false;
                    i++;
                    continue;
                }
                EndLine(offset + i, ended: true);
                line++;
            }
            if (!inHeader && offset + i == lineStart && RegularLines(piece[i..]) is > 0 and var regular)
            {
                i += regular;
                lineStart = offset + i;
                continue;
            }
            if (!inHeader && piece[i] == '>' && offset + i == lineStart)
            {
                FinishRecord();
                inHeader = true;
                i++;
                continue;
            }
            var rest = piece[i..];
            var end = rest.IndexOfAny(FastaAlphabet.LineEnds);
            var text = end < 0 ? rest : rest[..end];
            if (inHeader) Header(text);
            else Sequence(text, offset + i);
            i += text.Length;
            if (end < 0) continue;
            lineEnded = true;
            afterReturn = piece[i] == '\r';
            i++;
        }
        offset += piece.Length;
    }

    /// <summary>Ends the file.</summary>
    /// <returns>The records in file order.</returns>
    public IReadOnlyList<FastaRecord> Finish()
    {
        EndLine(offset, ended: lineEnded);
        FinishRecord();
        if (records.Count == 0)
            throw new DataException(bad is { LeftOut: [var all] } ? $"{all} Nothing is left; give records with bases."
                : $"{DataFile.Show(path)} holds no FASTA record; the first line of a FASTA file is '>' and a name.");
        store?.Finish();
        return records;
    }

    private int Start(ReadOnlySpan<byte> piece)
    {
        if (piece.Length == 0) return 0;
        started = true;
        var bom = piece.StartsWith(System.Text.Encoding.UTF8.Preamble) ? System.Text.Encoding.UTF8.Preamble.Length : 0;
        lineStart = bom;
        return bom;
    }

    private void Header(ReadOnlySpan<byte> text)
    {
        header.Write(text);
        if (header.WrittenCount > LongestHeader)
            throw new DataException(
                $"{DataFile.Show(path)}:{line}: the header is longer than {LongestHeader:N0} bytes; this is not FASTA text.");
    }

    private void EndLine(long next, bool ended)
    {
        if (inHeader) BeginRecord();
        else record?.EndLine(lineStart, lineBases, next - lineStart, ended, lineHasBlanks);
        (lineStart, lineBases) = (next, 0);
        lineEnded = afterReturn = inHeader = lineHasBlanks = false;
    }

    private void BeginRecord()
    {
        var text = System.Text.Encoding.UTF8.GetString(header.WrittenSpan).Trim();
        header.ResetWrittenCount();
        var blank = text.AsSpan().IndexOfAny(' ', '\t');
        var name = blank < 0 ? text : text[..blank];
        if (name.Length == 0)
            throw new DataException(
                $"{DataFile.Show(path)}:{line}: the header has no name; write '>NAME' with a name of its own for each record.");
        repeats = !names.TryAdd(name, line);
        if (repeats && bad is not { Skips: true })
            throw new DataException($"{DataFile.Show(path)}:{line}: record '{name}' is there already, on line {names[name]}; give each "
                + $"record a name of its own{bad?.Remedy}.");
        record = new(name, blank < 0 ? "" : text[blank..].Trim(), line, totalBases);
    }

    private void FinishRecord()
    {
        if (record is null) return;
        if (bad is { Skips: true } && (record.Bases == 0 || repeats))
        {
            Skip(record);
            record = null;
            return;
        }
        if (record.Bases == 0)
            throw new DataException($"{DataFile.Show(path)}:{record.HeaderLine}: record '{record.Name}' has no bases; give it a sequence "
                + $"or remove its header{bad?.Remedy}.");
        totalBases += record.Bases;
        records.Add(record.Build());
        record = null;
    }

    private void Skip(RecordBuilder skipped)
    {
        if (skipped.Bases > 0) bad!.Repeated(skipped.HeaderLine);
        else
        {
            bad!.Empty(skipped.HeaderLine);
            if (!repeats) names.Remove(skipped.Name);
        }
        totalBases += skipped.Bases;
    }

    private void Sequence(ReadOnlySpan<byte> text, long at)
    {
        if (record is null)
        {
            NoHeader(text);
            return;
        }
        while (text.Length > 0)
        {
            var part = text[..Math.Min(text.Length, LongestSegment)];
            var before = record.Bases;
            record.AtByte(at);
            Bases(part, at);
            record.LowerCase += BaseLine.CountLowerCase(part);
            lineBases += record.Bases - before;
            text = text[part.Length..];
            at += part.Length;
        }
    }

    private void Bases(ReadOnlySpan<byte> text, long at)
    {
        while (true)
        {
            var bases = text.IndexOfAnyExcept(FastaAlphabet.Bases);
            if (bases < 0) bases = text.Length;
            store?.Append(text[..bases]);
            record!.Advance(bases);
            if (bases == text.Length) return;
            var found = text[bases];
            var run = 1;
            if (FastaAlphabet.IsBlank(found)) lineHasBlanks = true;
            else
            {
                var code = FastaAlphabet.Code(found);
                if (code == 0) throw BadCharacter(found, at + bases, record.Bases);
                var same = text[bases..].IndexOfAnyExcept(found, (byte)(found ^ 0x20));
                run = same < 0 ? text.Length - bases : same;
                store?.Append(run);
                record.AddAmbiguous(run, code);
            }
            text = text[(bases + run)..];
            at += bases + run;
        }
    }

    /// <summary>
    /// Takes lines that look like the record's first: the same length, the same end, and nothing but bases. Nearly all lines of a genome
    /// are such.
    /// </summary>
    /// <returns>Bytes taken, whole lines only.</returns>
    private int RegularLines(ReadOnlySpan<byte> rest)
    {
        if (record is not { IsRegular: true }) return 0;
        var (bases, bytes) = (record.LineBases, record.LineBytes);
        var ending = bytes - bases == 1 ? "\n"u8 : "\r\n"u8;
        var taken = 0;
        while (rest.Length - taken >= bytes)
        {
            var text = rest.Slice(taken, bases);
            if (!rest.Slice(taken + bases, bytes - bases).SequenceEqual(ending) || !BaseLine.IsAllBases(text, out var lowerCase)) break;
            record.AtByte(lineStart + taken);
            store?.Append(text);
            record.Advance(bases);
            record.LowerCase += lowerCase;
            taken += bytes;
            line++;
        }
        return taken;
    }

    /// <summary>Only blanks may stand before the first header.</summary>
    private void NoHeader(ReadOnlySpan<byte> text)
    {
        var content = text.TrimStart(" \t"u8);
        if (content.Length == 0) return;
        var shown = DataFile.Show(path);
        if (content[..Math.Min(content.Length, 4096)].IndexOfAnyInRange((byte)0, (byte)8) >= 0)
            throw new DataException($"{shown} is not text, so not FASTA; check that it is the right file and was unpacked whole.");
        if (content.IndexOfAny((byte)',', (byte)'\t') >= 0)
            throw new DataException($"{shown}:{line}: no '>' header but what looks like a table; read it with 'use: table'.");
        throw new DataException(
            $"{shown}:{line}: there is no '>' header before the first sequence line; a FASTA record begins with '>' and a name.");
    }

    private DataException BadCharacter(byte found, long at, long position)
    {
        var shown = found is > 32 and < 127 ? $"'{(char)found}'" : $"byte 0x{found:x2}";
        return new(
            $"{DataFile.Show(path)}:{line}: {shown} at position {at - lineStart + 1} (base {position + 1:N0} of record '{record!.Name}') "
                + "is not a nucleotide code; "
            + $"allowed are {Iupac.Codes} and U, in either case.");
    }
}
