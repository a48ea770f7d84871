using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>What was found where a sealed text should be.</summary>
/// <param name="Content">What it says; null when it is damaged.</param>
/// <param name="Damage">Null when it is whole, else what is wrong, in a few words.</param>
/// <param name="IsSealed">Whether it carries a checksum; one that an earlier version wrote does not.</param>
public sealed record SealedReading<T>(T? Content, string? Damage, bool IsSealed) where T : class
{
    /// <summary>The content.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="remedy">What the user can do, a sentence.</param>
    /// <exception cref="DataException">It is damaged.</exception>
    public T Whole(string path, string remedy) => Content ?? throw new DataException($"'{path}' is damaged ({Damage}). {remedy}");
}

/// <summary>
/// Text files that carry their own SHA-256, JSON in a last field <c>sha256</c> and YAML in a last comment, so that whoever reads
/// one back notices damage. The sum is of the file's bytes without the 64 digits.
/// </summary>
public static class SealedText
{
    private const string Field = "sha256";
    private const int Digits = 64;

    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    private static readonly Mark json = new($"\"{Field}\": \"", "\"\n}\n"), yaml = new($"# {Field}: ", "\n");

    /// <summary>Writes an object durably as JSON for people.</summary>
    /// <exception cref="ResourceException">The disk is full or not writable.</exception>
    public static void WriteJson(string path, object record)
    {
        var fields = JsonSerializer.SerializeToNode(record, record.GetType(), Json.Indented)!.AsObject();
        fields.Remove(Field);
        fields[Field] = "";
        Write(path, fields.ToJsonString(Json.Indented) + "\n", json);
    }

    /// <summary>Writes a YAML document durably.</summary>
    /// <exception cref="ResourceException">The disk is full or not writable.</exception>
    public static void WriteYaml(string path, string text) => Write(path, text + yaml.Before + yaml.After, yaml);

    /// <summary>Reads what <see cref="WriteJson"/> wrote.</summary>
    public static SealedReading<T> ReadJson<T>(string path) where T : class => Read(path, json, bytes =>
    {
        try
        {
            return (JsonSerializer.Deserialize<T>(strict.GetString(bytes), Json.Indented), "it is no record");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or NotSupportedException
            or KeyNotFoundException or ArgumentException)
        {
            return (null, bytes.Length == 0 ? "it is empty" : $"it cannot be read: {failure.Message}");
        }
    });

    /// <summary>Reads the fields of what <see cref="WriteJson"/> wrote.</summary>
    public static SealedReading<JsonObject> ReadJson(string path) => ReadJson<JsonObject>(path);

    /// <summary>Reads what <see cref="WriteYaml"/> wrote, without the comment.</summary>
    public static SealedReading<string> ReadYaml(string path) => Read(path, yaml, bytes =>
    {
        try
        {
            var text = strict.GetString(bytes);
            return (text.Length == 0 ? null : yaml.IsAtEnd(bytes) ? text[..^(yaml.Length)] : text, "it is empty");
        }
        catch (DecoderFallbackException) { return (null, "it is not text"); }
    });

    /// <summary>Lower-case hexadecimal SHA-256 of a text.</summary>
    public static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(string path, string text, Mark mark)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Disk.WriteAtomically(path, stream =>
        {
            stream.Write(bytes.AsSpan(..^mark.After.Length));
            stream.Write(Encoding.ASCII.GetBytes(digest + mark.After));
        });
    }

    private static SealedReading<T> Read<T>(string path, Mark mark, Func<byte[], (T? Content, string WithoutContent)> parse)
        where T : class
    {
        if (!File.Exists(path)) return new(null, "it is missing", false);
        byte[] bytes;
        try { bytes = File.ReadAllBytes(path); }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(null, $"it cannot be read: {failure.Message}", false);
        }
        var isSealed = mark.IsAtEnd(bytes);
        if (isSealed && mark.DigestIn(bytes) != mark.DigestOf(bytes)) return new(null, "its checksum does not match", true);
        var (content, without) = parse(bytes);
        return new(content, content is null ? without : null, isSealed);
    }

    /// <summary>Where the digits stand at the end of a file.</summary>
    private sealed record Mark(string Before, string After)
    {
        public int Length => Before.Length + Digits + After.Length;

        public bool IsAtEnd(byte[] bytes) => bytes.Length >= Length && bytes.AsSpan().EndsWith(Encoding.ASCII.GetBytes(After))
            && bytes.AsSpan(^Length..).StartsWith(Encoding.ASCII.GetBytes(Before));

        public string DigestIn(byte[] bytes) => Encoding.ASCII.GetString(bytes.AsSpan(bytes.Length - After.Length - Digits, Digits));

        public string DigestOf(byte[] bytes)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(bytes.AsSpan(..^(After.Length + Digits)));
            hash.AppendData(bytes.AsSpan(^After.Length..));
            return Convert.ToHexStringLower(hash.GetCurrentHash());
        }
    }
}
