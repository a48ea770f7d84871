using System.Text;

namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>
/// The R tree that finds blocks by chromosome and bases. Nodes have room for 256 children, whether they have as many or not.
/// </summary>
internal static class BigWigIndex
{
    private const uint Magic = 0x2468ACE0;
    private const int Children = 256, HeadBytes = 48, NodeHeadBytes = 4, LeafBytes = 32, InnerBytes = 24;

    private readonly record struct Box((uint Chromosome, uint Base) First, (uint Chromosome, uint Base) Last);

    /// <summary>Writes the tree at the stream's end.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="blocks">In the order of the genome.</param>
    /// <param name="itemsOfBlock">Most items of one.</param>
    /// <returns>Where it is.</returns>
    public static long Write(Stream stream, IReadOnlyList<BigWigBlock> blocks, int itemsOfBlock)
    {
        var start = stream.Position;
        var writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
        var levels = Levels(blocks);
        var whole = levels[^1].Count > 0 ? levels[^1][0] : default;
        writer.Write(Magic);
        writer.Write((uint)Children);
        writer.Write((ulong)blocks.Count);
        Write(writer, whole);
        writer.Write((ulong)start);
        writer.Write((uint)itemsOfBlock);
        writer.Write(0U);
        var place = start + HeadBytes;
        // The root first; levels[0] are the leaf nodes.
        for (var level = levels.Count - 1; level > 0; level--)
        {
            var below = place + levels[level].Count * (NodeHeadBytes + (long)Children * InnerBytes);
            WriteInner(writer, levels[level - 1], below, level == 1 ? LeafBytes : InnerBytes);
            place = below;
        }
        foreach (var node in blocks.Chunk(Children).DefaultIfEmpty([])) WriteLeaf(writer, node);
        writer.Flush();
        return start;
    }

    /// <summary>What the nodes of each level hold, leaves first; the last level has one node.</summary>
    private static List<List<Box>> Levels(IReadOnlyList<BigWigBlock> blocks)
    {
        var levels = new List<List<Box>> { Above([.. blocks.Select(b => new Box(b.First, b.Last))]) };
        while (levels[^1].Count > 1) levels.Add(Above(levels[^1]));
        return levels;
    }

    private static List<Box> Above(List<Box> boxes) =>
        [.. boxes.Chunk(Children).Select(part => new Box(part[0].First, part.Max(b => b.Last)))];

    private static void WriteInner(BinaryWriter writer, List<Box> boxes, long below, int bytesOfItem)
    {
        var done = 0;
        foreach (var node in boxes.Chunk(Children))
        {
            Begin(writer, isLeaf: false, node.Length);
            foreach (var box in node)
            {
                Write(writer, box);
                writer.Write((ulong)(below + done++ * (NodeHeadBytes + (long)Children * bytesOfItem)));
            }
            writer.Write(new byte[(Children - node.Length) * InnerBytes]);
        }
    }

    private static void WriteLeaf(BinaryWriter writer, BigWigBlock[] node)
    {
        Begin(writer, isLeaf: true, node.Length);
        foreach (var block in node)
        {
            Write(writer, new(block.First, block.Last));
            writer.Write((ulong)block.Offset);
            writer.Write((ulong)block.Bytes);
        }
        writer.Write(new byte[(Children - node.Length) * LeafBytes]);
    }

    private static void Begin(BinaryWriter writer, bool isLeaf, int count)
    {
        writer.Write(isLeaf);
        writer.Write((byte)0);
        writer.Write((ushort)count);
    }

    private static void Write(BinaryWriter writer, Box box)
    {
        foreach (var (chromosome, place) in ((uint, uint)[])[box.First, box.Last])
        {
            writer.Write(chromosome);
            writer.Write(place);
        }
    }
}
