using System.Text.Json;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Models.Checkpoints.Containers;

/// <summary>An index of a checkpoint in several files: <c>{"metadata": {...}, "weight_map": {"name": "file"}}</c>.</summary>
internal static class ShardIndex
{
    private const int MaximumBytes = 256 << 20;

    /// <summary>Files by tensor name.</summary>
    /// <exception cref="DataException">The index is malformed, or names a file outside its own folder.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (RealPath.Length(path) > MaximumBytes)
            throw new DataException($"'{path}' has more than {MaximumBytes >> 20} MiB; no index is that large. Is it the right file?");
        try
        {
            using var document = JsonDocument.Parse(SmallFile.ReadBytes(path, TextLimits.Settings, "an index of weights"),
                new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("weight_map", out var map)
                || map.ValueKind != JsonValueKind.Object)
                throw new DataException($"'{path}' has no map 'weight_map' of tensor names to files; fetch it again.");
            return map.EnumerateObject().ToDictionary(p => p.Name, p => FileName(path, p));
        }
        catch (JsonException malformed)
        {
            throw new DataException($"'{path}' is not JSON: {malformed.Message} Fetch it again.", malformed);
        }
    }

    private static string FileName(string path, JsonProperty entry)
    {
        if (entry.Value.ValueKind != JsonValueKind.String || entry.Value.GetString() is not { Length: > 0 } name)
            throw new DataException($"'{path}': tensor '{entry.Name}' has no file; fetch the index again.");
        return name is "." or ".." || name.AsSpan().ContainsAny("/\\:\0")
            ? throw new DataException($"'{path}': tensor '{entry.Name}' is said to lie in '{name}', which is no plain file name beside the "
                + "index. The index is refused.")
            : name;
    }
}
