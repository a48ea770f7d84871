using System.Text.Json;
using System.Text.Json.Serialization;

namespace PluginHost.Host.Records;

/// <summary>Keeps component specifications in model folders as pipelines write them: <c>{"use": "name", "option": value}</c>.</summary>
internal sealed class ComponentSpecConverter : JsonConverter<ComponentSpec>
{
    private const string UseKey = "use";

    public override ComponentSpec Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return (ComponentSpec)Value(document.RootElement, nested: false)!;
    }

    public override void Write(Utf8JsonWriter writer, ComponentSpec value, JsonSerializerOptions options) => WriteSpec(writer, value);

    private static void WriteSpec(Utf8JsonWriter writer, ComponentSpec spec)
    {
        writer.WriteStartObject();
        writer.WriteString(UseKey, spec.Use);
        foreach (var (name, option) in spec.With)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, option);
        }
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long whole: writer.WriteNumberValue(whole); break;
            case int whole: writer.WriteNumberValue(whole); break;
            // A whole-numbered double keeps its point, so that it reads back as a double.
            case double number:
                writer.WriteRawValue(
                number.ToString(number == Math.Floor(number) && Math.Abs(number) < 1e15 ? "0.0" : "R",
                System.Globalization.CultureInfo.InvariantCulture)); break;
            case ComponentSpec nested: WriteSpec(writer, nested); break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (name, item) in map) { writer.WritePropertyName(name); WriteValue(writer, item); }
                writer.WriteEndObject();
                break;
            case System.Collections.IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items) WriteValue(writer, item);
                writer.WriteEndArray();
                break;
            default: throw new UsageException($"A component option of type {value.GetType().Name} cannot be kept in a model folder.");
        }
    }

    private static object? Value(JsonElement element, bool nested) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? element.GetDouble() : (object)element.GetInt64(),
        JsonValueKind.Array => element.EnumerateArray().Select(e => Value(e, nested: true)).ToList(),
        JsonValueKind.Object when !nested => new ComponentSpec(element.GetProperty(UseKey).GetString()!,
            element.EnumerateObject().Where(p => p.Name != UseKey).ToDictionary(p => p.Name, p => Value(p.Value, nested: true))),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(p => p.Name, p => Value(p.Value, nested: true)),
        _ => null,
    };
}
