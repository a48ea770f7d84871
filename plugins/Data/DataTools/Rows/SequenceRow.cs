namespace PluginHost.Plugins.DataTools.Rows;

/// <summary>A row of a table, or a record of a FASTA file.</summary>
/// <param name="number">Counted from 0 over all files of the data.</param>
internal abstract class SequenceRow(long number)
{
    /// <summary>Counted from 0 over all files of the data.</summary>
    public long Number => number;

    /// <summary>The row's name.</summary>
    public abstract string Id { get; }

    /// <summary>The row's name with what follows it in a FASTA header.</summary>
    public virtual string Header => Id;

    /// <summary>The label as written, or null.</summary>
    public abstract string? Label { get; }

    /// <summary>Bases.</summary>
    public abstract long Length { get; }

    /// <summary>Upper-case IUPAC codes. Read when asked for.</summary>
    /// <exception cref="DataException">The record is too long to be one sequence.</exception>
    public abstract string Sequence { get; }

    /// <summary>The bases in order, a piece at a time, so that a chromosome need not be in memory.</summary>
    public abstract IEnumerable<ReadOnlyMemory<char>> Pieces();

    /// <summary>Some of the bases.</summary>
    public abstract string Read(long start, int length);

    /// <summary>File and line, for messages.</summary>
    public abstract string Where { get; }

    /// <summary>The cell of a column, or null where there is no such column or nothing in it.</summary>
    public abstract string? Field(string column);

    /// <summary>Writes the row as it was read.</summary>
    public abstract void CopyTo(Stream output);
}
