using System.Text.Json;

namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>Reads the fields of a published <c>config.json</c> by name, and says which one is missing or wrong.</summary>
/// <param name="config">A JSON object.</param>
public sealed class ConfigReader(JsonElement config)
{
    /// <summary>A whole number that must be there.</summary>
    /// <exception cref="DataException">It is missing, or no whole number.</exception>
    public long Need(string field) => Find(field) is { } value ? Whole(field, value)
        : throw new DataException($"config.json has no '{field}'. Copy it again from where the weights were published.");

    /// <summary>A whole number, or null.</summary>
    /// <exception cref="DataException">It is something else.</exception>
    public long? Whole(string field) => Find(field) is { } value ? Whole(field, value) : null;

    /// <summary>A number, or the value that published code assumes without it.</summary>
    /// <exception cref="DataException">It is something else.</exception>
    public double Number(string field, double otherwise)
    {
        if (Find(field) is not { } value) return otherwise;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
            : throw Wrong(field, value, "a number");
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string field) => Find(field) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A truth value, or null.</summary>
    public bool? Flag(string field) => Find(field)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The classes the weights were saved from; empty where it does not say.</summary>
    public IReadOnlyList<string> Architectures() => Find("architectures") is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!)] : [];

    /// <summary>The names of <c>id2label</c> in id order; empty when there are none.</summary>
    public IReadOnlyList<string> Labels()
    {
        if (Find("id2label") is not { ValueKind: JsonValueKind.Object } map) return [];
        var byId = new SortedDictionary<int, string>();
        foreach (var entry in map.EnumerateObject())
            if (int.TryParse(entry.Name, out var id) && entry.Value.ValueKind == JsonValueKind.String) byId[id] = entry.Value.GetString()!;
        return byId.Keys.SequenceEqual(Enumerable.Range(0, byId.Count)) ? [.. byId.Values] : [];
    }

    private static long Whole(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number
            : throw Wrong(field, value, "a whole number");

    private static DataException Wrong(string field, JsonElement value, string what) =>
        new($"config.json: '{field}' is {value.GetRawText()}, not {what}. Copy the file again from where the weights were published.");

    private JsonElement? Find(string field) => config.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value
        : null;
}
