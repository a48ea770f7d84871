namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Writes FASTA records in lines of 60 bases, piece by piece.</summary>
/// <param name="output">Buffered by its owner.</param>
public sealed class FastaWriter(Stream output)
{
    private const int LineBases = 60;
    private readonly byte[] line = new byte[LineBases + 1];
    private int filled;

    /// <summary>Bases of the record so far.</summary>
    public long Bases { get; private set; }

    /// <summary>Begins a record.</summary>
    public void Begin(string header)
    {
        (filled, Bases) = (0, 0);
        output.Write(System.Text.Encoding.UTF8.GetBytes($">{header}\n"));
    }

    /// <summary>Adds bases.</summary>
    public void Write(ReadOnlySpan<char> bases)
    {
        Bases += bases.Length;
        while (bases.Length > 0)
        {
            var part = bases[..Math.Min(bases.Length, LineBases - filled)];
            System.Text.Encoding.Latin1.GetBytes(part, line.AsSpan(filled));
            filled += part.Length;
            bases = bases[part.Length..];
            if (filled == LineBases) EndLine();
        }
    }

    /// <summary>Ends the record.</summary>
    public void End()
    {
        if (filled > 0) EndLine();
    }

    private void EndLine()
    {
        line[filled] = (byte)'\n';
        output.Write(line, 0, filled + 1);
        filled = 0;
    }
}
