using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace PluginHost.Checkpoints;

/// <summary>
/// The header of a safetensors file (github.com/huggingface/safetensors, README "Format"): 8 bytes of little-endian
/// length, then JSON. Read strictly: whatever the format forbids is refused before any data is touched.
/// </summary>
public static class SafetensorsHeader
{
    /// <summary>The format's limit on the header, in bytes.</summary>
    public const long MaximumLength = 100_000_000;

    private static readonly Dictionary<string, int> bits = new()
    {
        ["BOOL"] = 8, ["U8"] = 8, ["I8"] = 8, ["F8_E5M2"] = 8, ["F8_E4M3"] = 8, ["I16"] = 16, ["U16"] = 16, ["F16"] = 16, ["BF16"] = 16,
        ["I32"] = 32, ["U32"] = 32, ["F32"] = 32, ["F64"] = 64, ["I64"] = 64, ["U64"] = 64, ["C64"] = 64,
    };

    /// <summary>Bits of one element of a type that the format knows.</summary>
    public static int Bits(string type) => bits[type];

    /// <summary>Reads the header from the start of a file.</summary>
    /// <param name="stream">At the first byte of the file; left at the first byte of the data.</param>
    /// <param name="fileLength">Length of the whole file.</param>
    /// <param name="name">Of the file, for messages.</param>
    /// <exception cref="DataException">The header breaks the format.</exception>
    public static (IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata) Read(Stream stream,
        long fileLength, string name)
    {
        DataException Bad(string why) => new($"'{name}' is not a valid safetensors file: {why}. Fetch or write it again.");
        if (fileLength < 8) throw Bad($"it has {fileLength} bytes, too few for a header");
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumLength) throw Bad($"its header claims {length:N0} bytes, more than the {MaximumLength:N0} allowed");
        if ((long)length > fileLength - 8) throw Bad($"its header claims {length:N0} bytes but the file ends after {fileLength - 8:N0}");
        var json = new byte[length];
        stream.ReadExactly(json);
        if (json.Length == 0 || json[0] != '{') throw Bad("its header does not start with '{'");
        if (!Utf8.IsValid(json)) throw Bad("its header is not UTF-8");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            return Interpret(document.RootElement, fileLength - 8 - (long)length, Bad);
        }
        catch (JsonException failure) { throw Bad($"its header is not strict JSON ({failure.Message.TrimEnd('.')})"); }
    }

    /// <summary>The header for tensors in the order given, padded with spaces so that data starts at a multiple of 8.</summary>
    public static byte[] Write(IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(new byte[8]);
        using (var json = new Utf8JsonWriter(buffer,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            foreach (var entry in entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Type);
                json.WriteStartArray("shape");
                foreach (var size in entry.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(entry.Start);
                json.WriteNumberValue(entry.End);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        var bytes = buffer.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)bytes.Length - 8);
        return bytes;
    }

    private static (IReadOnlyList<SafetensorsEntry>, IReadOnlyDictionary<string, string>) Interpret(
        JsonElement root, long dataLength, Func<string, DataException> bad)
    {
        List<SafetensorsEntry> entries = [];
        Dictionary<string, string> metadata = [];
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                if (property.Value.ValueKind != JsonValueKind.Object) throw bad("__metadata__ is not an object");
                foreach (var pair in property.Value.EnumerateObject())
                    metadata[pair.Name] = pair.Value.ValueKind == JsonValueKind.String
                        ? pair.Value.GetString()!
                        : throw bad($"__metadata__ field '{pair.Name}' is not a string");
            }
            else
            {
                entries.Add(Entry(property, bad));
            }
        }
        var end = 0L;
        foreach (var entry in entries.OrderBy(e => e.Start).ThenBy(e => e.End))
        {
            if (entry.Start < end) throw bad($"tensor '{entry.Name}' overlaps the one before it");
            if (entry.Start > end) throw bad($"bytes {end:N0} to {entry.Start:N0} belong to no tensor");
            end = entry.End;
        }
        if (end > dataLength) throw bad($"its tensors need {end:N0} bytes of data but it has {dataLength:N0}");
        if (end < dataLength) throw bad($"{dataLength - end:N0} bytes at its end belong to no tensor");
        return (entries, metadata);
    }

    private static SafetensorsEntry Entry(JsonProperty property, Func<string, DataException> bad)
    {
        var (name, info) = (property.Name, property.Value);
        if (info.ValueKind != JsonValueKind.Object) throw bad($"tensor '{name}' is not described by an object");
        if (!info.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String
            || !bits.TryGetValue(type.GetString()!, out var width))
            throw bad($"tensor '{name}' has an unknown dtype; known are {string.Join(", ", bits.Keys)}");
        var shape = Numbers(info, "shape") ?? throw bad($"tensor '{name}' has a malformed shape");
        if (Numbers(info, "data_offsets") is not [var start, var end] || end < start)
            throw bad($"tensor '{name}' has malformed data_offsets");
        try
        {
            var size = shape.Aggregate((long)width / 8, (product, axis) => checked(product * axis));
            if (size != end - start)
                throw bad($"tensor '{name}' [{string.Join(", ", shape)}] {type.GetString()} needs {size:N0} bytes "
                    + $"but has {end - start:N0}");
        }
        catch (OverflowException) { throw bad($"tensor '{name}' [{string.Join(", ", shape)}] is too large"); }
        return new SafetensorsEntry(name, type.GetString()!, shape, start, end);
    }

    private static long[]? Numbers(JsonElement info, string field)
    {
        if (!info.TryGetProperty(field, out var array) || array.ValueKind != JsonValueKind.Array) return null;
        List<long> numbers = [];
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0) return null;
            numbers.Add(number);
        }
        return [.. numbers];
    }
}
