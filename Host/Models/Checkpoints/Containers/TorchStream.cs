using System.Buffers.Binary;
using System.Numerics;
using PluginHost.Host.Models.Checkpoints.Pickle;

namespace PluginHost.Host.Models.Checkpoints.Containers;

using static TorchSharp.torch;

/// <summary>
/// What <c>torch.save</c> wrote before PyTorch 1.6, and still does on request: pickles of a magic number, a protocol version, facts about
/// the machine, the content and the storages' keys, then each storage as an int64 count of elements and its bytes.
/// </summary>
internal static class TorchStream
{
    private const long Protocol = 1001;

    private static readonly BigInteger magic =
        BigInteger.Parse("01950a86a20f9469cfc6c", System.Globalization.NumberStyles.HexNumber,
            System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether a file begins as such a stream does: protocol 2, and the magic number in ten bytes.</summary>
    public static bool Begins(ReadOnlySpan<byte> first) =>
        first.StartsWith((ReadOnlySpan<byte>)[0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.']);

    /// <summary>Opens such a file, which the result owns.</summary>
    /// <exception cref="DataException">It is malformed.</exception>
    /// <exception cref="PickleException">A pickle is refused.</exception>
    public static TorchCheckpoint Open(MappedFile file)
    {
        using var stream = file.Open();
        var world = new Storages();
        if (PickleReader.Read(stream, world) is not BigInteger number || number != magic)
            throw new PickleException("it does not begin with PyTorch's magic number");
        if (PickleReader.Read(stream, world) is not Protocol) throw new PickleException("it is of a protocol version other than 1001");
        if (PickleReader.Read(stream, world) is not PickleDict machine || machine.Named.GetValueOrDefault("little_endian") is not true)
            throw new PickleException("it was not written on a little-endian machine");
        var content = PickleReader.Read(stream, world);
        if (PickleReader.Read(stream, world) is not List<object?> keys) throw new PickleException("it has no list of storages");
        return new TorchCheckpoint(file, "PyTorch stream", content, Regions(file, stream.Position, keys, world));
    }

    private static Dictionary<string, TorchCheckpoint.Region> Regions(MappedFile file, long position, List<object?> keys, Storages world)
    {
        Dictionary<string, TorchCheckpoint.Region> regions = [];
        var count = new byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !world.Types.TryGetValue(name, out var type))
                throw new PickleException("its list of storages names one that nothing refers to");
            if (file.Length - position < count.Length) throw Truncated(name);
            file.Read(position, count);
            position += count.Length;
            var elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            var size = StorageType.Size(type);
            if (elements < 0 || elements > (file.Length - position) / size) throw Truncated(name);
            if (!regions.TryAdd(name, new(position, elements * size, null))) throw new PickleException($"it has storage '{name}' twice");
            position += elements * size;
        }
        return position == file.Length ? regions
            : throw new PickleException($"{file.Length - position:N0} bytes at its end belong to no storage");
    }

    private static PickleException Truncated(string storage) => new($"storage '{storage}' ends beyond the file: it is truncated");

    /// <summary>Notes each storage's element type, which the data itself does not tell.</summary>
    private sealed class Storages : IPickleWorld
    {
        private readonly TorchWorld torch = new();

        public Dictionary<string, ScalarType> Types { get; } = [];

        public bool Knows(PickleGlobal name) => torch.Knows(name);

        public object? Call(PickleGlobal name, object?[] arguments) => torch.Call(name, arguments);

        public object? Persistent(object? id)
        {
            var found = (StorageView)torch.Persistent(id)!;
            return Types.TryAdd(found.Key, found.Type) || Types[found.Key] == found.Type ? found
                : throw new PickleException($"storage '{found.Key}' has two element types");
        }
    }
}
