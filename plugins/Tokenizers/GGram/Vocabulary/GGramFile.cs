using System.Text.Json;
using PluginHost.Libs.Files;

namespace PluginHost.Plugins.GGram;

/// <summary>
/// Reads G-gram files: <c>{"vocab": {"AAA CCGT": 1, ...}}</c>, keys being the token texts joined by spaces and 0 the id of padding, as
/// published.
/// </summary>
/// <remarks>
/// Files of <c>ggrams extract</c> also have <c>tokenizer</c> (number and fingerprint of the token texts), <c>extraction</c> (options and
/// counts)
/// and <c>counts</c>, all of which the published code ignores. The project's earlier layout, keys of token ids joined by colons with ids
/// from 0, is read too:
/// its ids are moved up by one, since it has no padding.
/// </remarks>
internal static class GGramFile
{
    /// <summary>The published name, used in model folders.</summary>
    public const string Name = "ngram.json";

    /// <summary>Text of the padding entry that some published files have.</summary>
    public const string PaddingText = "<PAD>";

    /// <summary>Reads a file and checks that it belongs to a tokenizer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tokens">The tokenizer's vocabulary.</param>
    /// <param name="tokenizer">The tokenizer's name, for messages.</param>
    /// <exception cref="DataException">The file is missing, malformed, or made with other tokens.</exception>
    public static GGramVocabulary Read(string path, PluginHost.Vocabulary tokens, string tokenizer)
    {
        if (FileKinds.Of(path) == FileKind.Missing)
            throw new DataException($"{path}: there is no such G-gram file; make one with: host ggrams extract.");
        using var document = Parse(path);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("vocab", out var vocab)
            || vocab.ValueKind != JsonValueKind.Object)
            throw new DataException(
                $"{path}: is not a G-gram file: it has no map 'vocab' of G-grams to ids. Make one with: host ggrams extract.");
        CheckTokenizer(path, root, tokens, tokenizer);
        var entries = vocab.EnumerateObject().Where(p => p.Name != PaddingText).ToList();
        if (entries.Count == 0) throw new DataException($"{path}: holds no G-grams.");
        var byIds = entries.All(e => IsIds(e.Name));
        var ggrams = new List<GGramEntry>(entries.Count);
        var shift = byIds && !root.TryGetProperty("pad_ngram_id", out _) && entries.Any(e => Id(path, e) == 0) ? 1 : 0;
        foreach (var entry in entries)
        {
            var id = Id(path, entry) + shift;
            if (id < 1) throw new DataException($"{path}: G-gram '{entry.Name}' has id {id}; ids begin at 1 because 0 is padding.");
            var words = entry.Name.Split(byIds ? ':' : ' ');
            if (words.Length < 2) throw new DataException($"{path}: G-gram '{entry.Name}' is a single token; a G-gram has at least two.");
            ggrams.Add(new(id,
                [.. words.Select(word => byIds ? Number(path, word, tokens, tokenizer)
                : Find(path, word, entry.Name, tokens, tokenizer))]));
        }
        CheckDistinct(path, ggrams, entries);
        return new(ggrams);
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(SmallFile.ReadBytes(path, TextLimits.Vocabulary, "a G-gram file"));
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}:{e.LineNumber + 1}: is not JSON, so it is no G-gram file.", e);
        }
    }

    private static void CheckTokenizer(string path, JsonElement root, PluginHost.Vocabulary tokens, string tokenizer)
    {
        if (!root.TryGetProperty("tokenizer", out var made) || made.ValueKind != JsonValueKind.Object) return;
        if (!made.TryGetProperty("sha256", out var sha256) || sha256.GetString() == TokenFingerprint.Of(tokens)) return;
        var size = made.TryGetProperty("vocabulary_size", out var count) ? $"{count.GetInt64():N0} tokens" : "other tokens";
        throw new DataException($"{path}: was made for another tokenizer: one of {size}, while '{tokenizer}' has {tokens.Count:N0}"
            + $"{(count.ValueKind == JsonValueKind.Number && count.GetInt64() == tokens.Count ? " others" : "")}. Use that tokenizer, or "
                + "extract G-grams anew with this one: host ggrams extract.");
    }

    private static bool IsIds(string text) => text.Contains(':') && text.All(c => char.IsAsciiDigit(c) || c == ':');

    private static int Id(string path, JsonProperty entry) => entry.Value.ValueKind == JsonValueKind.Number
        && entry.Value.TryGetInt32(out var id)
        ? id
        : throw new DataException($"{path}: the id of G-gram '{entry.Name}' is {entry.Value}, not a whole number.");

    private static int Number(string path, string word, PluginHost.Vocabulary tokens, string tokenizer) => int.TryParse(word, out var id)
        && id < tokens.Count
        ? id
        : throw new DataException(
            $"{path}: was made for another tokenizer: it has token id {word}, but '{tokenizer}' has {tokens.Count:N0} tokens.");

    private static int Find(string path, string word, string ggram, PluginHost.Vocabulary tokens, string tokenizer) => tokens.Find(word)
        ?? throw new DataException($"{path}: was made for another tokenizer: token '{word}' of G-gram '{ggram}' is not in the vocabulary "
            + $"of '{tokenizer}'. Use the tokenizer it was made with, or extract G-grams anew: host ggrams extract.");

    private static void CheckDistinct(string path, List<GGramEntry> ggrams, List<JsonProperty> entries)
    {
        var ids = new Dictionary<int, int>(ggrams.Count);
        var texts = new HashSet<string>(ggrams.Count);
        for (var i = 0; i < ggrams.Count; i++)
        {
            if (!ids.TryAdd(ggrams[i].Id, i))
                throw new DataException(
                    $"{path}: G-grams '{entries[ids[ggrams[i].Id]].Name}' and '{entries[i].Name}' have the same id {entries[i].Value}.");
            if (!texts.Add(entries[i].Name)) throw new DataException($"{path}: has G-gram '{entries[i].Name}' twice.");
        }
    }
}
