namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>Many sequences in memory at a byte a base, numbered from 0 as they are added.</summary>
public sealed class SequenceStore
{
    private const int ChunkBytes = 1 << 22;
    private readonly List<byte[]> chunks = [];
    private readonly List<(int Chunk, int Start, int Length)> places = [];
    private int used = ChunkBytes;

    /// <summary>Sequences held.</summary>
    public int Count => places.Count;

    /// <summary>A sequence.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var (chunk, start, length) = places[index];
            return chunks[chunk].AsSpan(start, length);
        }
    }

    /// <summary>Adds a sequence of letters.</summary>
    /// <returns>Its number.</returns>
    public int Add(ReadOnlySpan<byte> sequence)
    {
        if (chunks.Count == 0 || used + sequence.Length > chunks[^1].Length)
        {
            chunks.Add(new byte[Math.Max(ChunkBytes, sequence.Length)]);
            used = 0;
        }
        sequence.CopyTo(chunks[^1].AsSpan(used));
        places.Add((chunks.Count - 1, used, sequence.Length));
        used += sequence.Length;
        return places.Count - 1;
    }
}
