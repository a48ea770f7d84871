using System.Text;
using System.Text.RegularExpressions;
using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Tests.Docs;

/// <summary>A command line of the documentation that calls the host.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">As it stands.</param>
/// <param name="Words">What follows the program's name.</param>
public sealed record HostCall(string Place, string Text, IReadOnlyList<string> Words);

/// <summary>Finds command lines, and cuts them as a shell does.</summary>
public static partial class Shell
{
    /// <summary>Calls that stand in blocks: whole, as somebody would type them.</summary>
    public static IEnumerable<HostCall> Typed(Page page)
    {
        foreach (var block in page.Blocks.Where(b => b.Language is "" or "bash" or "sh" or "console"))
        {
            var lines = block.Text.Replace("\\\n", "").Split('\n');
            foreach (var line in lines.Where(l => Call().IsMatch(l)))
                yield return new(block.ToString(), line, Words(Call().Replace(line, "")));
        }
    }

    /// <summary>Calls that sentences name: they may be cut short.</summary>
    public static IEnumerable<HostCall> Named(Page page) =>
        from line in page.Prose
        from Match code in Code().Matches(line.Text)
        where Call().IsMatch(code.Groups[1].Value)
        select new HostCall($"{page}:{line.Number}", code.Groups[1].Value, Words(Call().Replace(code.Groups[1].Value, "")));

    /// <summary>Words as a shell cuts them, up to a comment, a pipe or a redirection.</summary>
    public static IReadOnlyList<string> Words(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        foreach (var c in line)
        {
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word!.Append(c);
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                word ??= new();
            }
            else if (c is '>' or '|' or ';' or '&' || (c == '#' && word is null)) break;
            else if (char.IsWhiteSpace(c))
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
            }
            else (word ??= new()).Append(c);
        }
        if (word is not null) words.Add(word.ToString());
        return words;
    }

    [GeneratedRegex(@"^(\$ )?(\./host\.sh|host) +(?=[a-z-])", RegexOptions.CultureInvariant)]
    private static partial Regex Call();

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
