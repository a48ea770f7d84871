using System.IO.Compression;
using System.Text;

namespace PluginHost.Data.Tests.Genomics;

/// <summary>Reads a bigWig file as the format's description has it, through its trees.</summary>
internal sealed class BigWigFile
{
    private readonly BinaryReader reader;
    private readonly ulong index;
    private readonly List<(uint Reduction, ulong Index)> zooms = [];

    public BigWigFile(Stream stream)
    {
        reader = new(stream);
        Assert.Equal(0x888FFC26, reader.ReadUInt32());
        Assert.Equal(4, reader.ReadUInt16());
        var levels = reader.ReadUInt16();
        var (chromosomes, data) = (reader.ReadUInt64(), reader.ReadUInt64());
        index = reader.ReadUInt64();
        Assert.Equal(0u, reader.ReadUInt32());
        Assert.Equal(0ul, reader.ReadUInt64());
        var summary = reader.ReadUInt64();
        Largest = reader.ReadUInt32();
        Assert.Equal(0ul, reader.ReadUInt64());
        for (var level = 0; level < levels; level++)
        {
            var reduction = reader.ReadUInt32();
            reader.ReadUInt32();
            reader.ReadUInt64();
            zooms.Add((reduction, reader.ReadUInt64()));
        }
        Seek(summary);
        Summary = (reader.ReadUInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        Seek(data);
        Sections = reader.ReadUInt64();
        Seek(chromosomes);
        Assert.Equal(0x78CA8C91u, reader.ReadUInt32());
        reader.ReadUInt32();
        var width = reader.ReadInt32();
        Assert.Equal(8u, reader.ReadUInt32());
        reader.ReadUInt64();
        reader.ReadUInt64();
        Names(stream.Position, width);
        stream.Position = stream.Length - 4;
        Assert.Equal(0x888FFC26, reader.ReadUInt32());
    }

    public uint Largest { get; }

    public ulong Sections { get; }

    public (ulong Bases, double Least, double Most, double Sum, double Squares) Summary { get; }

    /// <summary>In the order of the tree.</summary>
    public List<(string Name, uint Id, uint Length)> Chromosomes { get; } = [];

    public IReadOnlyList<uint> Reductions => [.. zooms.Select(z => z.Reduction)];

    public List<(uint Chromosome, uint Start, uint End, float Value)> Items(uint chromosome, uint from, uint to)
    {
        var items = new List<(uint, uint, uint, float)>();
        foreach (var block in Blocks(index, chromosome, from, to))
        {
            var id = block.ReadUInt32();
            block.BaseStream.Position += 16;
            Assert.Equal(1, block.ReadByte());
            block.ReadByte();
            for (var n = block.ReadUInt16(); n > 0; n--)
            {
                var item = (id, block.ReadUInt32(), block.ReadUInt32(), block.ReadSingle());
                if (id == chromosome && item.Item2 < to && item.Item3 > from) items.Add(item);
            }
        }
        return items;
    }

    public List<(uint Start, uint End, uint Bases, float Least, float Most, float Sum)> Zoom(int level, uint chromosome)
    {
        var records = new List<(uint, uint, uint, float, float, float)>();
        foreach (var block in Blocks(zooms[level].Index, chromosome, 0, uint.MaxValue))
            while (block.BaseStream.Position < block.BaseStream.Length)
            {
                var id = block.ReadUInt32();
                var record = (block.ReadUInt32(), block.ReadUInt32(), block.ReadUInt32(), block.ReadSingle(), block.ReadSingle(), block.ReadSingle());
                block.ReadSingle();
                if (id == chromosome) records.Add(record);
            }
        return records;
    }

    private void Seek(ulong place) => reader.BaseStream.Position = (long)place;

    private void Names(long place, int width)
    {
        reader.BaseStream.Position = place;
        var leaf = reader.ReadByte() == 1;
        reader.ReadByte();
        var items = Enumerable.Range(0, reader.ReadUInt16())
            .Select(_ => (Key: Encoding.UTF8.GetString(reader.ReadBytes(width)).TrimEnd('\0'), Value: reader.ReadUInt64())).ToList();
        foreach (var (key, value) in items)
            if (leaf) Chromosomes.Add((key, (uint)value, (uint)(value >> 32)));
            else Names((long)value, width);
    }

    private List<BinaryReader> Blocks(ulong tree, uint chromosome, uint from, uint to)
    {
        Seek(tree);
        Assert.Equal(0x2468ACE0u, reader.ReadUInt32());
        var blocks = new List<BinaryReader>();
        Node(tree + 48);
        return blocks;

        void Node(ulong place)
        {
            Seek(place);
            var leaf = reader.ReadByte() == 1;
            reader.ReadByte();
            var found = new List<(ulong Offset, ulong Size)>();
            for (var n = reader.ReadUInt16(); n > 0; n--)
            {
                var (first, last) = ((reader.ReadUInt32(), reader.ReadUInt32()), (reader.ReadUInt32(), reader.ReadUInt32()));
                var item = (reader.ReadUInt64(), leaf ? reader.ReadUInt64() : 0);
                if (first.CompareTo((chromosome, to)) < 0 && last.CompareTo((chromosome, from)) > 0) found.Add(item);
            }
            foreach (var (offset, size) in found)
                if (!leaf) Node(offset);
                else
                {
                    Seek(offset);
                    using var packed = new ZLibStream(new MemoryStream(reader.ReadBytes((int)size)), CompressionMode.Decompress);
                    var unpacked = new MemoryStream();
                    packed.CopyTo(unpacked);
                    Assert.True(unpacked.Length <= Largest);
                    unpacked.Position = 0;
                    blocks.Add(new(unpacked));
                }
        }
    }
}
