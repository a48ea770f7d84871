namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Goes through a record from start to end with little in memory.</summary>
public static class FastaPieces
{
    private const int Piece = 1 << 20;

    /// <summary>The record's bases in order, upper-case IUPAC codes, at most a million at a time.</summary>
    public static IEnumerable<ReadOnlyMemory<char>> Of(FastaFile file, FastaRecord record) => Of(file, record, 0, record.Length);

    /// <summary>The bases of [start, end).</summary>
    public static IEnumerable<ReadOnlyMemory<char>> Of(FastaFile file, FastaRecord record, long start, long end)
    {
        for (; start < end; start += Piece)
            yield return file.Read(record, start, (int)Math.Min(Piece, end - start)).AsMemory();
    }
}
