namespace PluginHost.Plugins.DataTools.Rows;

/// <summary>A row of a table, kept with the bytes it was written in.</summary>
internal sealed class TableSequenceRow(long number, Sample sample, byte[] written) : SequenceRow(number)
{
    public override string Id => sample.Id;

    public override string? Label => sample.Label;

    public override long Length => sample.Sequence.Length;

    public override string Sequence => sample.Sequence;

    public override IEnumerable<ReadOnlyMemory<char>> Pieces() => [sample.Sequence.AsMemory()];

    public override string Read(long start, int length) => sample.Sequence.Substring((int)start, length);

    public override string Where => sample.Where;

    public override string? Field(string column) => sample.Fields.TryGetValue(column, out var value) ? value.ToString() : null;

    public override void CopyTo(Stream output)
    {
        output.Write(written);
        output.WriteByte((byte)'\n');
    }
}
