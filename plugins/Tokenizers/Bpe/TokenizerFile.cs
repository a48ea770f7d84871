using System.Text.Json;
using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Bpe;

/// <summary>Reads Hugging Face's <c>tokenizer.json</c>; what it cannot honour exactly it refuses by name.</summary>
/// <remarks>Its <c>truncation</c> and <c>padding</c> are not used: the host cuts and pads by the model's own limits.</remarks>
internal static class TokenizerFile
{
    public const string FileName = "tokenizer.json";

    /// <exception cref="DataException">The file is missing, malformed, or of another kind.</exception>
    public static BpeModel Read(string path)
    {
        if (FileKinds.Of(path) == FileKind.Missing)
            throw new DataException(
                $"{path}: there is no such file; give 'vocab' a tokenizer.json, for example one that 'host bpe train' made.");
        try
        {
            using var document = JsonDocument.Parse(SmallFile.ReadBytes(path, TextLimits.Vocabulary, "a tokenizer file"));
            return Model(path, document.RootElement);
        }
        catch (Exception malformed) when (
            malformed is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DataException($"{path}: is not a tokenizer.json: {malformed.Message}", malformed);
        }
    }

    private static BpeModel Model(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || Member(root, "model") is not { ValueKind: JsonValueKind.Object } model)
            throw new DataException($"{path}: is not a tokenizer.json: it has no 'model'.");
        var type = Member(model, "type")?.GetString() ?? (Member(model, "merges") is null ? "nameless" : "BPE");
        if (type != "BPE") throw new DataException($"{path}: holds a {type} model; bpe reads BPE models only.");
        RefuseUnlessEmpty(path, root, "normalizer");
        RefuseVariants(path, model);
        var splits = TypeOf(root, "pre_tokenizer");
        if (splits is not (null or "Whitespace"))
            throw new DataException($"{path}: splits text with the pre-tokenizer {splits}; bpe knows Whitespace, or none.");
        var unknown = Member(model, "unk_token")?.GetString();
        if (unknown != BpeModel.Unknown)
            throw new DataException($"{path}: its token for unknown characters (unk_token) is "
                + $"{(unknown is null ? "missing" : $"'{unknown}'")}; bpe needs {BpeModel.Unknown}.");
        var (before, after) = Template(path, root);
        var (tokens, special) = Tokens(path, root, model);
        foreach (var needed in before.Concat(after).Append("[PAD]").Append(unknown))
            if (!special.Contains(needed)) throw new DataException($"{path}: lacks the special token {needed}.");
        return new()
        {
            Tokens = tokens,
            Special = special,
            Merges = [.. (Member(model, "merges") ?? throw new DataException($"{path}: the model has no 'merges'.")).EnumerateArray()
                .Select((m, i) => Merge(path, m, i))],
            Before = before,
            After = after,
            SplitsAtWhitespace = splits is not null,
        };
    }

    private static (string[] Tokens, List<string> Special) Tokens(string path, JsonElement root, JsonElement model)
    {
        var byId = new SortedDictionary<int, string>();
        void Add(int id, string text)
        {
            if (byId.TryGetValue(id, out var other) && other != text)
                throw new DataException($"{path}: id {id} is both '{other}' and '{text}'.");
            byId[id] = text;
        }
        var vocabulary = Member(model, "vocab") ?? throw new DataException($"{path}: the model has no 'vocab'.");
        foreach (var entry in vocabulary.EnumerateObject()) Add(entry.Value.GetInt32(), entry.Name);
        var special = new List<string> { BpeModel.Unknown };
        foreach (var added in Member(root, "added_tokens")?.EnumerateArray().ToArray() ?? [])
        {
            var text = added.GetProperty("content").GetString()!;
            Add(added.GetProperty("id").GetInt32(), text);
            if (Member(added, "special")?.GetBoolean() == true && !special.Contains(text)) special.Add(text);
        }
        for (var id = 0; id < byId.Count; id++)
            if (!byId.ContainsKey(id)) throw new DataException($"{path}: no token has id {id}; ids must run from 0 without gaps.");
        special.RemoveAll(text => !byId.ContainsValue(text));
        return ([.. byId.Values], special);
    }

    private static (string Left, string Right) Merge(string path, JsonElement merge, int rank)
    {
        var parts = merge.ValueKind == JsonValueKind.String
            ? merge.GetString()!.Split(' ')
            : [.. merge.EnumerateArray().Select(part => part.GetString()!)];
        return parts.Length == 2 && parts[0].Length > 0 && parts[1].Length > 0
            ? (parts[0], parts[1])
            : throw new DataException($"{path}: merge {rank} is not a pair of tokens.");
    }

    private static (List<string> Before, List<string> After) Template(string path, JsonElement root)
    {
        var type = TypeOf(root, "post_processor");
        if (type is null) return ([], []);
        if (type != "TemplateProcessing")
            throw new DataException($"{path}: adds special tokens with the post-processor {type}; bpe knows TemplateProcessing, or none.");
        var (before, after) = (new List<string>(), new List<string>());
        var sequences = 0;
        foreach (var piece in root.GetProperty("post_processor").GetProperty("single").EnumerateArray())
        {
            if (Member(piece, "SpecialToken") is { } token) (sequences == 0 ? before : after).Add(token.GetProperty("id").GetString()!);
            else sequences++;
        }
        return sequences == 1 ? (before, after)
            : throw new DataException($"{path}: its template for one sequence names {sequences} of them.");
    }

    private static void RefuseVariants(string path, JsonElement model)
    {
        foreach (var name in (string[])["dropout", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback",
            "ignore_merges"])
            if (Member(model, name) is { } value && IsSet(value))
                throw new DataException($"{path}: the model's '{name}' is {value.GetRawText()}; bpe reads models without it only.");
    }

    private static bool IsSet(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Number => value.GetDouble() != 0,
        _ => true,
    };

    private static void RefuseUnlessEmpty(string path, JsonElement root, string name)
    {
        if (TypeOf(root, name) is { } type)
            throw new DataException(
                $"{path}: changes text with the {name} {type}; bpe reads files without one only (the host upper-cases by itself).");
    }

    private static string? TypeOf(JsonElement root, string name) =>
        Member(root, name) is { } found ? Member(found, "type")?.GetString() ?? "of no type" : null;

    /// <summary>A member that is there and not null.</summary>
    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;
}
