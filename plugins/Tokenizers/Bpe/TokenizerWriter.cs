using System.Text.Encodings.Web;
using System.Text.Json;

namespace PluginHost.Plugins.Bpe;

/// <summary>Writes <c>tokenizer.json</c> as Hugging Face's library does, member for member.</summary>
internal static class TokenizerWriter
{
    private static readonly JsonWriterOptions layout =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(BpeModel model, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, layout);
        var ids = model.Tokens.Select((text, id) => (text, id)).ToDictionary(t => t.text, t => t.id);
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAdded(json, model, ids);
        json.WriteNull("normalizer");
        if (model.SplitsAtWhitespace) WriteObject(json, "pre_tokenizer", () => json.WriteString("type", "Whitespace"));
        else json.WriteNull("pre_tokenizer");
        if (model.Before.Count + model.After.Count > 0) WriteTemplate(json, model, ids);
        else json.WriteNull("post_processor");
        json.WriteNull("decoder");
        WriteModel(json, model);
        json.WriteEndObject();
    }

    private static void WriteAdded(Utf8JsonWriter json, BpeModel model, Dictionary<string, int> ids)
    {
        json.WriteStartArray("added_tokens");
        foreach (var text in model.Special.OrderBy(text => ids[text]))
        {
            json.WriteStartObject();
            json.WriteNumber("id", ids[text]);
            json.WriteBoolean("special", true);
            json.WriteString("content", text);
            foreach (var flag in (string[])["single_word", "lstrip", "rstrip", "normalized"]) json.WriteBoolean(flag, false);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The template for one sequence, and for a pair: the second follows with its own closing tokens, all of type 1.</summary>
    private static void WriteTemplate(Utf8JsonWriter json, BpeModel model, Dictionary<string, int> ids) =>
        WriteObject(json, "post_processor", () =>
    {
        json.WriteString("type", "TemplateProcessing");
        json.WriteStartArray("single");
        WritePieces(json, model, "A", 0);
        json.WriteEndArray();
        json.WriteStartArray("pair");
        WritePieces(json, model, "A", 0);
        WritePieces(json, model with { Before = [] }, "B", 1);
        json.WriteEndArray();
        WriteObject(json, "special_tokens", () =>
        {
            foreach (var text in model.Before.Concat(model.After).Distinct())
                WriteObject(json, text, () =>
                {
                    json.WriteString("id", text);
                    json.WriteStartArray("ids");
                    json.WriteNumberValue(ids[text]);
                    json.WriteEndArray();
                    json.WriteStartArray("tokens");
                    json.WriteStringValue(text);
                    json.WriteEndArray();
                });
        });
    });

    private static void WritePieces(Utf8JsonWriter json, BpeModel model, string sequence, int type)
    {
        foreach (var (kind, id) in (IEnumerable<(string, string)>)
            [.. model.Before.Select(t => ("SpecialToken", t)), ("Sequence", sequence), .. model.After.Select(t => ("SpecialToken", t))])
        {
            json.WriteStartObject();
            WriteObject(json, kind, () =>
            {
                json.WriteString("id", id);
                json.WriteNumber("type_id", type);
            });
            json.WriteEndObject();
        }
    }

    private static void WriteModel(Utf8JsonWriter json, BpeModel model) => WriteObject(json, "model", () =>
    {
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteString("unk_token", BpeModel.Unknown);
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteStartObject("vocab");
        for (var id = 0; id < model.Tokens.Count; id++) json.WriteNumber(model.Tokens[id], id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var (left, right) in model.Merges) json.WriteStringValue($"{left} {right}");
        json.WriteEndArray();
    });

    private static void WriteObject(Utf8JsonWriter json, string name, Action members)
    {
        json.WriteStartObject(name);
        members();
        json.WriteEndObject();
    }
}
