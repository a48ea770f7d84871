using System.Text.RegularExpressions;

namespace PluginHost.Libs.Genomics.Features;

/// <summary>
/// The ninth column of GFF3 (<c>ID=x;Parent=y</c>) or GTF (<c>gene_id "x"; transcript_id "y"</c>), taken apart when asked. A <c>;</c>
/// inside quotes ends nothing; <c>%3B</c> and the like are what they stand for.
/// </summary>
/// <param name="written">The column.</param>
public sealed partial class FeatureAttributes(string written)
{
    private List<(string Key, string Value)>? parts;

    /// <summary>The first value of a key; null where it has none, or an empty one.</summary>
    public string? this[string key] => Parts.FirstOrDefault(p => p.Key == key && p.Value.Length > 0).Value is { } value
        ? Uri.UnescapeDataString(value)
        : null;

    /// <summary>The first of several keys that has a value; null when none has.</summary>
    public string? First(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys) if (this[key] is { } value) return value;
        return null;
    }

    /// <summary>All values of a key that is given more than once, each once, in order.</summary>
    public IReadOnlyList<string> All(string key) =>
        [.. Parts.Where(p => p.Key == key && p.Value.Length > 0).Select(p => Uri.UnescapeDataString(p.Value)).Distinct()];

    /// <summary>As <see cref="All"/>, and a GFF3 list taken apart at its commas; a comma written <c>%2C</c> belongs to a value.</summary>
    public IReadOnlyList<string> List(string key) =>
        [.. Parts.Where(p => p.Key == key).SelectMany(p => p.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(Uri.UnescapeDataString).Distinct()];

    private List<(string Key, string Value)> Parts => parts ??= Read(written);

    private static List<(string, string)> Read(string text)
    {
        var parts = new List<(string, string)>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ';' || char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            // What follows a # in place of a key is a comment.
            if (text[at] == '#') break;
            var key = at;
            while (at < text.Length && text[at] is not ('=' or ';') && !char.IsWhiteSpace(text[at])) at++;
            var name = text[key..at];
            while (at < text.Length && (text[at] == ' ' || text[at] == '\t')) at++;
            var gff3 = at < text.Length && text[at] == '=';
            if (gff3) at++;
            while (at < text.Length && (text[at] == ' ' || text[at] == '\t')) at++;
            var quoted = at < text.Length && text[at] == '"' ? Closing(text, at, gff3) : -1;
            var end = quoted >= 0 ? quoted : text.IndexOf(';', at) is >= 0 and var next ? next : text.Length;
            parts.Add((name, quoted >= 0 ? text[(at + 1)..end].Replace("\\\"", "\"") : text[at..end].TrimEnd().Trim('"')));
            at = quoted >= 0 ? end + 1 : end;
        }
        return parts;
    }

    /// <summary>
    /// The quote that closes a value: one after which the attribute ends. Others belong to the value, as in <c>note "the "old" name";</c>.
    /// </summary>
    private static int Closing(string text, int open, bool gff3)
    {
        for (var at = text.IndexOf('"', open + 1); at >= 0; at = text.IndexOf('"', at + 1))
            if (text[at - 1] != '\\' && After().Match(text, at + 1) is { Success: true } match && !(gff3 && match.Groups["key"].Success))
                return at;
        return -1;
    }

    /// <summary>The end, a semicolon, a comment, or, where GTF forgot a semicolon, the next key with its quoted value.</summary>
    [GeneratedRegex("""\G\s*($|;|#|(?<key>[\w.-]+)\s+")""")]
    private static partial Regex After();
}
