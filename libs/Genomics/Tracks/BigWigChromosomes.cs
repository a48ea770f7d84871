using System.Text;

namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>The B+ tree that finds chromosomes' numbers by their names, which it has in the order of bytes.</summary>
internal static class BigWigChromosomes
{
    private const uint Magic = 0x78CA8C91;
    private const int Children = 256, ValueBytes = 8, NodeHeadBytes = 4;

    /// <summary>Writes the tree at the stream's end.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="chromosomes">Each has the number of its place here.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, long Length)> chromosomes)
    {
        var sorted = chromosomes.Select((c, i) => (Key: Encoding.UTF8.GetBytes(c.Name), Id: (uint)i, Length: (uint)c.Length))
            .OrderBy(c => c.Key, Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))).ToArray();
        var width = sorted.Max(c => c.Key.Length);
        var nodeBytes = NodeHeadBytes + (long)Children * (width + ValueBytes);
        var writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
        foreach (var number in (uint[])[Magic, Children, (uint)width, ValueBytes]) writer.Write(number);
        writer.Write((ulong)sorted.Length);
        writer.Write(0UL);
        var place = stream.Position;
        var spans = new List<int> { Children };
        while (spans[^1] < sorted.Length) spans.Add(spans[^1] * Children);
        for (var level = spans.Count - 1; level > 0; level--)
        {
            var nodes = (sorted.Length + spans[level] - 1) / spans[level];
            place += nodes * nodeBytes;
            var child = 0;
            for (var node = 0; node < nodes; node++)
            {
                var first = node * spans[level];
                var last = Math.Min(first + spans[level], sorted.Length);
                var count = (last - first + spans[level - 1] - 1) / spans[level - 1];
                Begin(writer, isLeaf: false, count);
                for (var i = 0; i < count; i++)
                {
                    Write(writer, sorted[first + i * spans[level - 1]].Key, width);
                    writer.Write((ulong)(place + child++ * nodeBytes));
                }
                writer.Write(new byte[(Children - count) * (width + ValueBytes)]);
            }
        }
        foreach (var node in sorted.Chunk(Children))
        {
            Begin(writer, isLeaf: true, node.Length);
            foreach (var (key, id, length) in node)
            {
                Write(writer, key, width);
                writer.Write(id);
                writer.Write(length);
            }
            writer.Write(new byte[(Children - node.Length) * (width + ValueBytes)]);
        }
        writer.Flush();
    }

    private static void Begin(BinaryWriter writer, bool isLeaf, int count)
    {
        writer.Write(isLeaf);
        writer.Write((byte)0);
        writer.Write((ushort)count);
    }

    private static void Write(BinaryWriter writer, byte[] key, int width)
    {
        writer.Write(key);
        writer.Write(new byte[width - key.Length]);
    }
}
