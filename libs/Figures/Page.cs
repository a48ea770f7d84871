using System.Net;
using System.Text;

namespace PluginHost.Libs.Figures;

/// <summary>A page of results: one file without outside assets, readable in light and dark and on paper.</summary>
/// <param name="title">Its heading.</param>
public sealed class Page(string title)
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6570; --line: #d8dde3; --page: #ffffff; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #9aa5b1; --line: #333b44; --page: #12161b; } }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
          max-width: 900px; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
        .wide { overflow-x: auto; } table { border-collapse: collapse; margin: 0.8rem 0; }
        th, td { padding: 0.25rem 0.8rem; border-bottom: 1px solid var(--line); text-align: left; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
        .soft, figcaption { color: var(--soft); } figure { margin: 1rem 0; }
        figure svg { max-width: 100%; height: auto; } .wide svg { max-width: none; }
        """;

    private readonly StringBuilder body = new();

    /// <summary>A heading below the page's own.</summary>
    public Page Heading(string text) => Add($"<h2>{Escape(text)}</h2>");

    /// <summary>A paragraph.</summary>
    public Page Say(string text) => Add($"<p>{Escape(text)}</p>");

    /// <summary>A paragraph of less weight.</summary>
    public Page Note(string text) => Add($"<p class=\"soft\">{Escape(text)}</p>");

    /// <summary>A drawing with what is to be seen in it.</summary>
    /// <param name="svg">Of <see cref="Chart"/> or <see cref="SequenceLogo"/>.</param>
    /// <param name="caption">One sentence or two.</param>
    public Page Figure(string svg, string caption) =>
        Add($"<figure><div class=\"wide\">{svg}</div><figcaption>{Escape(caption)}</figcaption></figure>");

    /// <summary>A table.</summary>
    /// <param name="columns">Names.</param>
    /// <param name="rows">Cells as they are to be read; a column of numbers is set to the right.</param>
    public Page Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var isNumber = columns.Select((_, c) => rows.Count > 0 && rows.All(r => IsNumber(r[c]))).ToList();
        string Cell(string tag, string text, int c) => $"<{tag}{(isNumber[c] ? " class=\"number\"" : "")}>{Escape(text)}</{tag}>";
        body.Append("<div class=\"wide\"><table><tr>").AppendJoin("", columns.Select((name, c) => Cell("th", name, c))).Append("</tr>");
        foreach (var row in rows) body.Append("\n<tr>").AppendJoin("", row.Select((text, c) => Cell("td", text, c))).Append("</tr>");
        return Add("</table></div>");
    }

    /// <summary>The page.</summary>
    public string Html() =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + $"<title>{Escape(title)}</title><style>{Style}</style></head><body>\n<h1>{Escape(title)}</h1>\n{body}</body></html>\n";

    private static bool IsNumber(string text) => text is "" or "-" || (text.Any(char.IsAsciiDigit)
        && text.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '+' or 'e' or 'E' or '%' or ' '));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private Page Add(string html)
    {
        body.Append(html).Append('\n');
        return this;
    }
}
