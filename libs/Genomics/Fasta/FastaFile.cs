using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>A FASTA file whose bases can be read anywhere without holding the file in memory. Thread-safe once open.</summary>
/// <remarks>
/// Plain and bgzip files are read in place. Plain gzip can only be read from the start, so it is unpacked once into memory at
/// two bits a base.
/// </remarks>
public sealed class FastaFile
{
    private readonly IBases bases;

    private FastaFile(string path, IReadOnlyList<FastaRecord> records, IBases bases, IReadOnlyList<string> notes, BadRecords? bad = null)
    {
        (Path, Records, this.bases) = (path, records, bases);
        TotalBases = records.Sum(r => r.Length);
        LeftOut = bad?.LeftOut ?? [];
        Notes = [bases is TextBases text ? text.Describe(path) : FastaSummary.Describe(path, records), .. LeftOut, .. notes];
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The records in file order.</summary>
    public IReadOnlyList<FastaRecord> Records { get; }

    /// <summary>Bases of all records.</summary>
    public long TotalBases { get; }

    /// <summary>What was found and decided.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether its sequences are nucleotides, whose places are places on a genome.</summary>
    public bool IsDna => bases is not TextBases;

    /// <summary>What of the file is left out; also among <see cref="Notes"/>.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Whether a file that begins like this is FASTA.</summary>
    /// <param name="head">Its first bytes, unpacked, without blanks before them.</param>
    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith(">"u8);

    /// <summary>Opens a file.</summary>
    /// <param name="path">Plain, gzip or bgzip, told by content.</param>
    /// <param name="verify">
    /// Read the whole file once: every character is checked and ambiguous bases are located. Without it an index that fits is
    /// believed; where there is none the file is read anyway.
    /// </param>
    /// <param name="writeIndex">Leave a <c>.fai</c> beside the file if there is none that fits and lines are even.</param>
    /// <param name="progress">Told the bytes read and, where known, how many there are.</param>
    /// <param name="bad">Records without bases or with a name that is there already; null to refuse them.</param>
    /// <exception cref="DataException">It cannot be read or is no FASTA.</exception>
    /// <exception cref="ResourceException">A plain gzip file does not fit into memory.</exception>
    public static FastaFile Open(string path, bool verify = true, bool writeIndex = false, Action<long, long?>? progress = null,
        BadRecords? bad = null)
    {
        path = System.IO.Path.GetFullPath(path);
        CheckBeginning(path);
        var compression = CompressionSniffer.Detect(path);
        if (compression == Compression.Gzip) return Unpack(path, progress, bad);
        writeIndex &= !DataFile.IsPiped(path);
        var handle = DataFile.Open(path);
        var notes = new List<string>();
        if (compression == Compression.None) return InPlace(new PlainReader(handle, path), verify, writeIndex, notes, progress, bad);

        var index = GziFile.TryRead(handle, path, out var ignored) ?? BgzfIndex.Build(handle, path);
        if (ignored is not null) notes.Add(ignored);
        if (!index.Ended) throw BgzfHeader.CutOff(path);
        return InPlace(new BgzfReader(handle, path, index), verify, writeIndex, notes, progress, bad);
    }

    /// <summary>Opens a file whose sequences are of other characters than nucleotides; it is held in memory.</summary>
    /// <exception cref="DataException">It cannot be read or is no FASTA, or a character is not in the alphabet.</exception>
    public static FastaFile OpenText(string path, Alphabet alphabet, BadRecords? bad = null)
    {
        path = System.IO.Path.GetFullPath(path);
        var (records, text) = TextBases.Read(path, alphabet, bad);
        return new(path, records, text, [], bad);
    }

    /// <summary>Reads bases as upper-case IUPAC codes, T for U, or characters of the alphabet it was opened with.</summary>
    /// <param name="record">One of <see cref="Records"/>.</param>
    /// <param name="start">First base, 0-based.</param>
    /// <param name="length">Bases; at most 2^30.</param>
    /// <exception cref="DataException">
    /// The file changed since it was opened, or holds what is no base where it was not verified.
    /// </exception>
    public string Read(FastaRecord record, long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, record.Length);
        return string.Create(length, (bases, record, start), static (span, s) => s.bases.Read(s.record, s.start, span));
    }

    /// <summary>How many bases of [start, end) are not A, C, G or T. Needs no reading when the file was verified.</summary>
    public long CountAmbiguous(FastaRecord record, long start, long end)
    {
        if (record.Ambiguity is { } map) return map.Count(start, end);
        var buffer = new char[Math.Min(end - start, 1 << 16)];
        var count = 0L;
        for (var at = start; at < end; at += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - at));
            bases.Read(record, at, part);
            count += Iupac.CountAmbiguous(part);
        }
        return count;
    }

    /// <summary>Before a pipe is read to its end: what does not begin as FASTA never becomes it.</summary>
    private static void CheckBeginning(string path)
    {
        var head = TextFile.Head(path);
        ForeignFormat.Refuse(head, path, "FASTA", TextFormat.Fasta);
        if (!Begins(FileHead.Trim(head))) new FastaScanner(path).Feed(head);
    }

    private static FastaFile InPlace(IByteReader file, bool verify, bool writeIndex, List<string> notes, Action<long, long?>? progress,
        BadRecords? bad)
    {
        if (file.Length == 0) throw new DataException($"{DataFile.Show(file.Path)} is empty once unpacked; download or export it again.");
        var indexed = FaiFile.TryRead(file, out var problem);
        if (indexed is not null && !verify)
            return new(file.Path, indexed, new FileBases(file),
                [.. notes, "Its .fai was believed; the bases themselves are not checked (verify: false)."]);

        var scanner = new FastaScanner(file.Path, bad: bad);
        var done = 0L;
        file.Stream(piece =>
        {
            scanner.Feed(piece.Span);
            progress?.Invoke(done += piece.Length, file.Length);
        });
        var records = scanner.Finish();
        if (indexed is not null && !Agree(indexed, records))
        {
            problem = "does not describe the file";
            indexed = null;
        }
        if (problem is not null)
            notes.Add($"{DataFile.Show(file.Path)}.fai {problem} and is not used{(writeIndex ? "." : "; 'samtools faidx' rebuilds it.")}");
        if (records.Count(r => !r.Layout.IsUniform) is > 0 and var uneven)
            notes.Add($"{DataFile.Show(file.Path)}: {uneven:N0} of {records.Count:N0} records have lines of uneven length, which a .fai "
                + "cannot describe; they are found by an index in memory.");
        else if (writeIndex && indexed is null && bad is not { LeftOut.Count: > 0 })
            notes.Add(FaiFile.Write(file.Path, records) is { } failure
                ? $"{DataFile.Show(file.Path)}.fai could not be written: {failure}"
                : $"{DataFile.Show(file.Path)}.fai was written.");
        return new(file.Path, records, new FileBases(file), notes, bad);
    }

    private static FastaFile Unpack(string path, Action<long, long?>? progress, BadRecords? bad)
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        var store = new TwoBitStore(limit, bytes => new ResourceException(
            $"{DataFile.Show(path)} is plain gzip, which must be unpacked into memory, and takes more than {bytes >> 20:N0} MiB of it; "
                + "pack it with bgzip instead (gunzip -c FILE | bgzip > NEW), which is read in place."));
        var scanner = new FastaScanner(path, store, bad);
        using (var gzip = new GzipText(DataFile.OpenRead(path), path))
        {
            var buffer = new byte[1 << 18];
            var done = 0L;
            for (int read; (read = gzip.Read(buffer)) > 0;)
            {
                scanner.Feed(buffer.AsSpan(0, read));
                progress?.Invoke(done += read, null);
            }
        }
        return new(path, scanner.Finish(), new PackedBases(store),
        [
            $"{DataFile.Show(path)} is plain gzip, which cannot be read at random places: it was unpacked into memory "
                + $"({store.Bytes >> 20:N0} MiB). Packed with bgzip it would be read in place.",
        ], bad);
    }

    private static bool Agree(IReadOnlyList<FastaRecord> indexed, IReadOnlyList<FastaRecord> scanned)
    {
        if (indexed.Count != scanned.Count) return false;
        var byName = indexed.ToDictionary(r => r.Name, StringComparer.Ordinal);
        return scanned.All(r => byName.TryGetValue(r.Name, out var i)
            && i.Length == r.Length && r.Layout.IsUniform && i.Layout.Offset == r.Layout.Offset
            && (r.Length <= r.Layout.LineBases || (i.Layout.LineBases, i.Layout.LineBytes) == (r.Layout.LineBases, r.Layout.LineBytes)));
    }
}
