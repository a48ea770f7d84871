using System.Text.Json;

namespace PluginHost.Checkpoints;

/// <summary>What somebody published: the names and shapes of its tensors, its <c>config.json</c> and the files beside them.</summary>
/// <param name="tensors">Every tensor, in any order.</param>
/// <param name="folder">The folder it lies in.</param>
/// <param name="newHead">The head that the user asked to be made at random because the file lacks it; null for none.</param>
public sealed class CheckpointContent(IEnumerable<CheckpointTensor> tensors, string folder, string? newHead = null)
{
    private const string ConfigName = "config.json";
    private const int LargestConfig = 1 << 24;

    private readonly Lazy<JsonElement> config = new(() => ReadConfig(Path.Combine(folder, ConfigName)));

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; } = tensors.ToDictionary(t => t.Name);

    /// <summary>The head that the user asked to be made at random because the file lacks it; null for none.</summary>
    public string? NewHead { get; } = newHead;

    /// <summary>
    /// The tokenizer that the folder itself names, which takes the place of the plan's: that of a folder which this host exported. Null
    /// where
    /// the layout alone knows.
    /// </summary>
    public ComponentSpec? Tokenizer { get; init; }

    /// <summary>Its <c>config.json</c>.</summary>
    /// <exception cref="DataException">It is missing, or no JSON object.</exception>
    public JsonElement Config => config.Value;

    /// <summary>The full path of the first of some files that lies beside the weights, or null.</summary>
    /// <param name="names">Relative to the folder; a layout names fixed ones only, never one that a file says.</param>
    public string? FindFile(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path)) return path;
        }
        return null;
    }

    /// <summary>The same, for a file that cannot be done without.</summary>
    /// <exception cref="DataException">None of them is there.</exception>
    public string NeedFile(params ReadOnlySpan<string> names) => FindFile(names)
        ?? throw new DataException($"'{folder}' has no {string.Join(" or ", names!)}, which this layout needs. Copy it there from where "
            + "the weights were published.");

    /// <summary>
    /// How many numbered parts a name has: 12 for <c>encoder.layer.0.</c> to <c>encoder.layer.11.</c> and the prefix <c>encoder.layer.</c>.
    /// </summary>
    public int CountNumbered(string prefix) => Tensors.Keys
        .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
        .Select(n => n[prefix.Length..].Split('.')[0])
        .Where(n => int.TryParse(n, out _)).Distinct().Count();

    private static JsonElement ReadConfig(string path)
    {
        if (!File.Exists(path))
            throw new DataException(
                $"There is no '{path}', which says the model's sizes. Copy it there from where the weights were published.");
        try
        {
            using var document = JsonDocument.Parse(ReadBytes(path), new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new DataException($"'{path}' is no JSON object; copy it again from where the weights were published.");
        }
        catch (JsonException malformed)
        {
            throw new DataException($"'{path}' is not JSON: {malformed.Message} Copy it again from where the weights were published.",
                malformed);
        }
    }

    private static ReadOnlyMemory<byte> ReadBytes(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[LargestConfig + 1];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read <= LargestConfig ? bytes.AsMemory(0, read)
            : throw new DataException(
                $"'{path}' is larger than {LargestConfig >> 20} MiB, so no description of a model; copy it again from "
                + "where the weights were published.");
    }
}
