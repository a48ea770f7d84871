using System.Text.Json;

namespace PluginHost.PluginKit;

/// <summary>
/// The examples that a plugin brings for its components, by kind and name ("tokenizer codon"): the file <c>verify.json</c> in its folder.
/// A component without one is tried with its defaults.
/// </summary>
/// <example><code>
/// {
///   "tokenizer codon": { "options": { "frame": 1 } },
///   "objective count-codons": { "tokenizer": { "use": "codon" }, "fields": { "label": [0.5, 2] } }
/// }
/// </code></example>
public sealed class Examples
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "verify.json";

    private static readonly JsonDocumentOptions lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string[] keys = ["options", "tokenizer", "architecture", "fields", "exact"];

    private readonly Dictionary<string, Example> byName;

    /// <param name="byName">Examples by kind and name.</param>
    public Examples(IReadOnlyDictionary<string, Example>? byName = null) => this.byName = new(byName ?? new Dictionary<string, Example>());

    /// <summary>The names that have an example.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>The example of a component; one of all defaults if there is none.</summary>
    /// <param name="component">Kind and name.</param>
    public Example this[string component] => byName.GetValueOrDefault(component) ?? new();

    /// <summary>Reads a plugin's examples; none if its folder has no such file.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <exception cref="DataException">The file is not what it should be: says where.</exception>
    public static Examples Of(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) return new();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), lenient);
            return new(document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Name, p.Value)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new DataException($"{file}: {e.Message.Split('\n')[0]} It holds an object a component: "
                + "{ \"tokenizer my-tokenizer\": { \"options\": { } } }.", e);
        }
    }

    private static Example Read(string name, JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
            if (!keys.Contains(property.Name))
                throw new ArgumentException(
                    $"'{name}' has an unknown key '{property.Name}'{Nearest.Hint(property.Name, keys)}; there are: "
                    + $"{string.Join(", ", keys)}.");
        return new()
        {
            Options = json.TryGetProperty("options", out var options) ? Map(options) : new Dictionary<string, object?>(),
            Tokenizer = json.TryGetProperty("tokenizer", out var tokenizer) ? Spec(Value(tokenizer)) : null,
            Architecture = json.TryGetProperty("architecture", out var architecture) ? Spec(Value(architecture)) : null,
            Fields = json.TryGetProperty("fields", out var fields)
                ? fields.EnumerateObject()
                    .ToDictionary(f => f.Name, f => (IReadOnlyList<object>)[.. f.Value.EnumerateArray().Select(Field)])
                : new Dictionary<string, IReadOnlyList<object>>(),
            Exact = !json.TryGetProperty("exact", out var exact) || exact.GetBoolean(),
        };
    }

    /// <summary>A component as a pipeline writes it: its name, or a map with <c>use</c>.</summary>
    internal static ComponentSpec Spec(object? value) => value switch
    {
        ComponentSpec spec => spec,
        string name => new(name),
        IReadOnlyDictionary<string, object?> map when map.GetValueOrDefault("use") is string use =>
            new(use, map.Where(p => p.Key != "use").ToDictionary(p => p.Key, p => p.Value)),
        _ => throw new ArgumentException("A component is its name, or an object with \"use\"."),
    };

    private static Dictionary<string, object?> Map(JsonElement json) =>
        json.EnumerateObject().ToDictionary(p => p.Name, p => Value(p.Value));

    private static object Field(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().Select(v => v.GetSingle()).ToArray() : Value(json)!;

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => Map(json),
        _ => null,
    };
}
