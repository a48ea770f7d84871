using System.Text.Json;
using System.Text.Json.Serialization;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Plugins.GGram;

/// <summary>Writes what <see cref="GGramFile"/> reads: the published layout, with how it was made.</summary>
internal static class GGramWriter
{
    private static readonly JsonSerializerOptions json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>"&lt;PAD&gt;" as it is: the file is read by programs, not put into web pages.</summary>
    private static readonly JsonSerializerOptions plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(OutputFile file, ExtractedGGrams found, Vocabulary tokens, string tokenizer, ExtractOptions options,
        IReadOnlyList<string> files) => file.Write(stream =>
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        Write(text, found, tokens, tokenizer, options, files);
    });

    private static void Write(TextWriter text, ExtractedGGrams found, Vocabulary tokens, string tokenizer, ExtractOptions options,
        IReadOnlyList<string> files)
    {
        text.NewLine = "\n";
        var ids = found.GGrams.Count + 1;
        text.WriteLine("{");
        text.WriteLine($"\"min_ngram_len\": {options.MinLength}, \"max_ngram_len\": {options.MaxLength}, \"pad_ngram_id\": 0, "
            + $"\"pad_ngram\": {Quote(GGramFile.PaddingText)}, \"ngram_size\": {ids},");
        var made = new Dictionary<string, object>
        {
            ["use"] = tokenizer, ["vocabulary_size"] = tokens.Count, ["sha256"] = TokenFingerprint.Of(tokens),
        };
        text.WriteLine($"\"tokenizer\": {JsonSerializer.Serialize(made, json)},");
        text.WriteLine($"\"extraction\": {JsonSerializer.Serialize(Settings(options, files), json)},");
        text.WriteLine($"\"corpus\": {JsonSerializer.Serialize(found.Counts, json)},");
        text.WriteLine("\"vocab\": {");
        text.Write($"{Quote(GGramFile.PaddingText)}: 0");
        for (var g = 0; g < found.GGrams.Count; g++)
        {
            text.WriteLine(",");
            text.Write($"{Quote(string.Join(' ', found.GGrams[g].Tokens.Select(t => tokens.Tokens[t])))}: {g + 1}");
        }
        text.WriteLine("},");
        text.WriteLine($"\"counts\": [0{string.Concat(found.GGrams.Select(g => $",{g.Count}"))}]");
        text.WriteLine("}");
    }

    /// <summary>Everything that decides the result; file names without folders, since folders differ between machines.</summary>
    private static Dictionary<string, object?> Settings(ExtractOptions options, IReadOnlyList<string> files) => new()
    {
        ["files"] = files.Select(Path.GetFileName).ToList(),
        ["minPmi"] = options.MinPmi,
        ["logBase"] = options.LogBase,
        ["denominator"] = options.Denominator,
        ["minTokenCount"] = options.MinTokenCount,
        ["minPairCount"] = options.MinPairCount,
        ["minCount"] = options.MinCount,
        ["minLength"] = options.MinLength,
        ["maxLength"] = options.MaxLength,
        ["longRuns"] = options.LongRuns,
        ["flushLast"] = options.FlushLast,
        ["recount"] = options.Recount,
        ["size"] = options.Size,
        ["bothStrands"] = options.BothStrands,
        ["window"] = options.Data is null ? options.Window : null,
    };

    private static string Quote(string text) => JsonSerializer.Serialize(text, plain);
}
