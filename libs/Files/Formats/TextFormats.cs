using System.Globalization;

namespace PluginHost.Libs.Files.Formats;

using Encoding = System.Text.Encoding;

/// <summary>Formats that are text, by their first lines.</summary>
internal static class TextFormats
{
    private static readonly KnownFormat fasta =
        new("a FASTA file", "in a pipeline it is read with 'use: fasta', and commands that take sequences take it as it is",
            TextFormat.Fasta);
    private static readonly KnownFormat fastq = new("a FASTQ file",
        "convert it to FASTA: seqtk seq -A {0} > NEW.fa, or awk 'NR%4==1{print \">\"substr($0,2)} NR%4==2' on the unpacked file");
    private static readonly KnownFormat vcf = new("a VCF file",
        "put its variants into a genome: host data haplotypes --genome GENOME.fa --variants {0} --output NEW", TextFormat.Vcf);
    private static readonly KnownFormat gff = new("a GFF or GTF file",
        "cut its sequences out of a genome: host data windows --genome GENOME.fa --features {0} --anchor whole --output NEW.csv",
            TextFormat.Gff);
    private static readonly KnownFormat bed = new("a BED file",
        "cut its sequences out of a genome: host data windows --genome GENOME.fa --features {0} --anchor whole --output NEW.csv",
            TextFormat.Bed);
    private static readonly KnownFormat bedGuess = bed with { IsGuess = true };
    private static readonly KnownFormat sam = new("a SAM file", "convert its reads: samtools fasta {0} > NEW.fa");
    private static readonly KnownFormat genBank = new("a GenBank file", "convert it to FASTA: seqret {0} fasta::NEW.fa (EMBOSS)");
    private static readonly KnownFormat jsonLines = new("a file of JSON lines",
        "make a table of it: (echo sequence,label; jq -r '[.sequence, .label] | @csv' {0}) > NEW.csv");
    private static readonly KnownFormat json = new("a JSON file", "export its records as CSV or TSV", TextFormat.Json);
    private static readonly KnownFormat html = new("a web page (HTML)",
        "a download that ended in an error or log-in page looks so: download the file itself again");
    private static readonly KnownFormat xml = new("an XML file", "export its records as CSV, TSV or FASTA");
    private static readonly KnownFormat pointer = new("a git-lfs pointer", "the file itself is not here yet: fetch it with git lfs pull");

    /// <summary>The format, or null.</summary>
    /// <param name="head">The first bytes without a byte order mark and blanks before them.</param>
    public static KnownFormat? Find(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head.Contains((byte)0)) return null;
        if (head[0] == '>') return fasta;
        if (head.StartsWith("version https://git-lfs.github.com/spec/"u8)) return pointer;
        if (head.StartsWith("##fileformat=VCF"u8) || head.StartsWith("#CHROM\tPOS\t"u8)) return vcf;
        if (head.StartsWith("##gff-version"u8) || head.StartsWith("##gtf"u8)) return gff;
        if (head.StartsWith("LOCUS       "u8)) return genBank;
        var lines = Encoding.UTF8.GetString(head).Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        return head[0] switch
        {
            (byte)'<' => Markup(lines[0]),
            (byte)'@' => Reads(lines),
            (byte)'{' or (byte)'[' => Json(lines),
            _ => Places(lines),
        };
    }

    private static KnownFormat? Markup(string line)
    {
        static bool Begins(string text, string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        if (Begins(line, "<!doctype html") || Begins(line, "<html") || Begins(line, "<head")) return html;
        return Begins(line, "<?xml") || Begins(line, "<!doctype") ? xml : null;
    }

    private static KnownFormat? Reads(string[] lines)
    {
        if (lines[0] is [_, 'H' or 'S' or 'R' or 'P' or 'C', 'D' or 'Q' or 'G' or 'O', '\t', ..]) return sam;
        return lines.Length > 1 && lines[1].Length > 0 && lines[1].All(c => char.IsAsciiLetter(c) || c is '.' or '-' or '*') ? fastq : null;
    }

    private static KnownFormat? Json(string[] lines)
    {
        var first = lines[0].Trim();
        var second = string.Concat(lines).AsSpan(1).TrimStart();
        if (first[^1] == '}' && lines.Length > 1 && lines[1].StartsWith('{') && second.StartsWith("\"")) return jsonLines;
        return second.Length > 0 && (first[0] == '{' ? "\"}" : "{[\"]-0123456789").Contains(second[0]) ? json : null;
    }

    private static KnownFormat? Places(string[] lines)
    {
        if (lines[0].StartsWith("track ", StringComparison.Ordinal) || lines[0].StartsWith("browser ", StringComparison.Ordinal))
            return bed;
        var line = lines.FirstOrDefault(l => l.Length > 0 && l[0] != '#');
        if (line is null) return null;
        var cells = line.Split('\t');
        if (cells.Length >= 8 && IsNumber(cells[3]) && IsNumber(cells[4]) && cells[6] is "+" or "-" or "." or "?") return gff;
        if (cells.Length >= 11 && IsNumber(cells[1]) && IsNumber(cells[3]) && cells[5] is [.., '*' or 'M' or 'S' or 'H' or '=' or 'X'])
            return sam;
        return cells.Length >= 3 && IsNumber(cells[1]) && IsNumber(cells[2]) && !IsNumber(cells[0]) ? bedGuess : null;
    }

    private static bool IsNumber(string cell) => long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
