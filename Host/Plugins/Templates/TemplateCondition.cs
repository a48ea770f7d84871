using System.Text;
using System.Text.RegularExpressions;

namespace PluginHost.Host.Plugins.Templates;

/// <summary>What of a template depends on the kinds asked for, in the words of <c>dotnet new</c>: <c>(tokenizer)</c>,
/// <c>(!tool)</c>.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="IsWanted">Whether it holds where the kind is asked for, or where it is not.</param>
internal sealed partial record TemplateCondition(string Kind, bool IsWanted)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is another expression.</exception>
    public static TemplateCondition Parse(string text) => Form().Match(text) is { Success: true } match
        ? new(match.Groups[2].Value, match.Groups[1].Length == 0)
        : throw new FormatException($"The template has the condition '{text}'; it may have (kind) and (!kind) only.");

    /// <summary>Whether it holds.</summary>
    public bool Holds(IReadOnlyCollection<string> kinds) => kinds.Contains(Kind) == IsWanted;

    /// <summary>A text without its lines <c>#if</c>, <c>#else</c> and <c>#endif</c>, and without what stands between them in
    /// vain.</summary>
    /// <param name="text">Blocks are not nested; their lines begin with <c>#</c>, <c>//#</c> or <c>&lt;!--#</c>.</param>
    /// <param name="kinds">Asked for.</param>
    public static string Filter(string text, IReadOnlyCollection<string> kinds)
    {
        var result = new StringBuilder(text.Length);
        var shown = true;
        foreach (var line in text.Split('\n').SkipLast(1))
        {
            var block = Block().Match(line);
            if (!block.Success)
            {
                if (shown) result.Append(line).Append('\n');
                continue;
            }
            shown = block.Groups[1].Value switch
            {
                "if" => Parse(block.Groups[2].Value).Holds(kinds),
                "else" => !shown,
                _ => true,
            };
        }
        return result.ToString();
    }

    [GeneratedRegex(@"^\((!?)([a-z]+)\)$")]
    private static partial Regex Form();

    [GeneratedRegex(@"^\s*(?://|<!--)?#(if|else|endif)\b ?(.*?)(?:-->)?$")]
    private static partial Regex Block();
}
