namespace PluginHost;

using static TorchSharp.torch;

/// <summary>Reads and writes tensors in the safetensors format, streaming: a file is never held in memory beside its tensors.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private static readonly Dictionary<string, ScalarType> types = new()
    {
        ["F64"] = ScalarType.Float64, ["F32"] = ScalarType.Float32, ["F16"] = ScalarType.Float16, ["BF16"] = ScalarType.BFloat16,
        ["I64"] = ScalarType.Int64, ["I32"] = ScalarType.Int32, ["I16"] = ScalarType.Int16, ["I8"] = ScalarType.Int8,
        ["U8"] = ScalarType.Byte, ["BOOL"] = ScalarType.Bool,
    };

    private readonly FileStream stream;
    private readonly long dataStart;
    private readonly Dictionary<string, SafetensorsEntry> entries;

    private SafetensorsFile(FileStream stream, IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        this.stream = stream;
        dataStart = stream.Position;
        this.entries = entries.ToDictionary(e => e.Name);
        Metadata = metadata;
    }

    /// <summary>What the file holds, in header order.</summary>
    public IReadOnlyCollection<SafetensorsEntry> Entries => entries.Values;

    /// <summary>Its <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="DataException">The file is missing or breaks the format.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!File.Exists(path)) throw new DataException($"'{path}' does not exist; give a model folder that holds it.");
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var (entries, metadata) = SafetensorsHeader.Read(stream, stream.Length, path);
            return new SafetensorsFile(stream, entries, metadata);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file has a tensor.</summary>
    public bool Contains(string name) => entries.ContainsKey(name);

    /// <summary>Reads a tensor to the CPU.</summary>
    /// <exception cref="DataException">There is no such tensor, or its type is one libtorch has not.</exception>
    public Tensor Read(string name)
    {
        if (!entries.TryGetValue(name, out var entry)) throw new DataException($"'{stream.Name}' has no tensor '{name}'.");
        if (!types.TryGetValue(entry.Type, out var type))
            throw new DataException($"'{stream.Name}': tensor '{name}' has type {entry.Type}, which is not supported; convert it to F32 or BF16.");
        var tensor = empty(entry.Shape, dtype: type);
        if (entry.End > entry.Start) RandomAccessFill(tensor.bytes, entry);
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>Writes tensors to a stream: largest element first, then by name, so that all are aligned and equal content gives equal bytes.</summary>
    public static void Write(Stream target, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors.OrderByDescending(t => t.Tensor.ElementSize).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        List<SafetensorsEntry> written = [];
        var position = 0L;
        foreach (var (name, tensor) in ordered)
        {
            var type = types.First(t => t.Value == tensor.dtype).Key;
            var end = position + tensor.NumberOfElements * tensor.ElementSize;
            written.Add(new SafetensorsEntry(name, type, [.. tensor.shape], position, end));
            position = end;
        }
        target.Write(SafetensorsHeader.Write(written, metadata ?? new Dictionary<string, string> { ["format"] = "pt" }));
        foreach (var (_, tensor) in ordered)
        {
            if (tensor.NumberOfElements == 0) continue;
            using var scope = NewDisposeScope();
            target.Write(tensor.detach().cpu().contiguous().bytes);
        }
    }

    private void RandomAccessFill(Span<byte> destination, SafetensorsEntry entry)
    {
        var offset = dataStart + entry.Start;
        while (destination.Length > 0)
        {
            var read = RandomAccess.Read(stream.SafeFileHandle, destination, offset);
            if (read == 0) throw new DataException($"'{stream.Name}' ended while tensor '{entry.Name}' was read; it was changed or truncated meanwhile.");
            destination = destination[read..];
            offset += read;
        }
    }
}
