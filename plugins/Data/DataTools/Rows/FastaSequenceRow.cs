using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.DataTools.Rows;

/// <summary>A record of a FASTA file, whose bases stay in the file until they are asked for.</summary>
internal sealed class FastaSequenceRow(long number, FastaFile file, FastaRecord record, bool labelled) : SequenceRow(number)
{
    private const int LongestSequence = 1 << 28;
    private string? sequence;

    public override string Id => record.Name;

    public override string Header => record.Description.Length == 0 ? record.Name : $"{record.Name} {record.Description}";

    public override string? Label => labelled && record.Name.LastIndexOf('|') is >= 0 and var bar ? record.Name[(bar + 1)..] : null;

    public override long Length => record.Length;

    public override IEnumerable<ReadOnlyMemory<char>> Pieces() => FastaPieces.Of(file, record);

    public override string Read(long start, int length) => file.Read(record, start, length);

    public override string Where => $"{DataFile.Show(file.Path)}:{record.Line}";

    public override string Sequence => sequence ??= record.Length <= LongestSequence
        ? file.Read(record, 0, (int)record.Length)
        : throw new DataException($"{Where}: record '{record.Name}' has {record.Length:N0} bases, too many for one sequence; cut it into "
            + "windows first (host data windows --tiles).");

    public override string? Field(string column) => null;

    public override void CopyTo(Stream output)
    {
        var writer = new FastaWriter(output);
        writer.Begin(Header);
        foreach (var piece in Pieces()) writer.Write(piece.Span);
        writer.End();
    }
}
