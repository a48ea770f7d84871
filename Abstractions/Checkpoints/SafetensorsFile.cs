namespace PluginHost.Checkpoints;

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
            throw new DataException(
                $"'{stream.Name}': tensor '{name}' has type {entry.Type}, which is not supported; convert it to F32 or BF16.");
        var tensor = empty(entry.Shape, dtype: type);
        if (entry.End > entry.Start) RandomAccessFill(tensor.bytes, entry);
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>
    /// Writes tensors to a stream: largest element first, then by name, so that all are aligned and equal content gives equal bytes.
    /// </summary>
    public static void Write(Stream target, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string,
        string>? metadata = null) =>
        Write(target, tensors.Select(t =>
            new SafetensorsPart(t.Name, t.Tensor.dtype, t.Tensor.shape, () => t.Tensor.detach().cpu().contiguous())), metadata);

    /// <summary>
    /// Writes tensors that are fetched one at a time, when their turn comes: never two are held at once. The order is that of the other
    /// overload.
    /// </summary>
    /// <exception cref="PluginException">A part fetched something of another type or shape than it announced.</exception>
    public static void Write(Stream target, IEnumerable<SafetensorsPart> parts, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = parts.OrderByDescending(p => ElementSize(p.Type)).ThenBy(p => p.Name, StringComparer.Ordinal).ToList();
        List<SafetensorsEntry> written = [];
        var position = 0L;
        foreach (var part in ordered)
        {
            var end = position + part.Shape.Aggregate(ElementSize(part.Type), (size, axis) => checked(size * axis));
            written.Add(new SafetensorsEntry(part.Name, NameOf(part.Type), [.. part.Shape], position, end));
            position = end;
        }
        target.Write(SafetensorsHeader.Write(written, metadata ?? new Dictionary<string, string> { ["format"] = "pt" }));
        foreach (var part in ordered)
        {
            if (part.Shape.Contains(0)) continue;
            using var scope = NewDisposeScope();
            var tensor = part.Fetch();
            if (tensor.dtype != part.Type || !tensor.shape.AsSpan().SequenceEqual(part.Shape.ToArray()))
                throw new PluginException($"Tensor '{part.Name}' was announced as {part.Type} [{string.Join(", ", part.Shape)}] but is "
                    + $"{tensor.dtype} [{string.Join(", ", tensor.shape)}].");
            target.Write(tensor.bytes);
        }
    }

    /// <summary>The element type that a name of the format stands for; null for those libtorch has not.</summary>
    public static ScalarType? TypeOf(string name) => types.TryGetValue(name, out var type) ? type : null;

    private static string NameOf(ScalarType type) => types.First(t => t.Value == type).Key;

    private static long ElementSize(ScalarType type) => SafetensorsHeader.Bits(NameOf(type)) / 8;

    private void RandomAccessFill(Span<byte> destination, SafetensorsEntry entry)
    {
        var offset = dataStart + entry.Start;
        while (destination.Length > 0)
        {
            var read = RandomAccess.Read(stream.SafeFileHandle, destination, offset);
            if (read == 0)
                throw new DataException(
                    $"'{stream.Name}' ended while tensor '{entry.Name}' was read; it was changed or truncated meanwhile.");
            destination = destination[read..];
            offset += read;
        }
    }
}
