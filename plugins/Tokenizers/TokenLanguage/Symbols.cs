using System.Collections.Frozen;

namespace PluginHost.Plugins.TokenLanguage;

/// <summary>
/// The tokens that are no words: numbers, connections, instructions, species (Zhang et al. 2023, figure S2; the order is the release's).
/// </summary>
internal static class Symbols
{
    /// <summary>Every symbol in id order.</summary>
    public const string All = "0123456789+-*/=&|!MBPRIKLOQSUVWYXZ";

    public const char Number = 'M';
    public const char Class = 'B';
    public const char Add = '+';
    public const char Gives = '=';

    /// <summary>The symbols' texts: <c>&lt;M&gt;</c>.</summary>
    public static readonly string[] Texts = [.. All.Select(Text)];

    /// <summary>Padding is &lt;P&gt; (figure S2), what no word stands for is &lt;0&gt; (the release).</summary>
    public static readonly SpecialNames Names = new(Pad: "<P>", Unknown: "<0>");

    private static readonly FrozenDictionary<string, char> species = SpeciesNames().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Text(char symbol) => $"<{symbol}>";

    /// <summary>The id of a symbol.</summary>
    public static int Id(char symbol) => All.IndexOf(symbol);

    /// <summary>Reads a species' name (scientific, with blank or underscore, or common) or a symbol, bare or in angle brackets.</summary>
    public static bool TryRead(string value, out int id)
    {
        var bare = value is ['<', _, '>'] ? value[1..2] : value;
        id = bare.Length == 1 ? All.IndexOf(bare[0]) : species.TryGetValue(value.Replace(' ', '_'), out var symbol) ? Id(symbol) : -1;
        return id >= 0;
    }

    /// <summary>The scientific names <see cref="TryRead"/> knows.</summary>
    public static IEnumerable<string> Species => SpeciesNames().Keys.Where(n => n.Contains('_')).Order();

    private static Dictionary<string, char> SpeciesNames() => new()
    {
        ["Arabidopsis_thaliana"] = 'I', ["arabidopsis"] = 'I', ["thale_cress"] = 'I',
        ["Caenorhabditis_elegans"] = 'K', ["worm"] = 'K',
        ["Bos_taurus"] = 'V', ["bovine"] = 'V', ["cattle"] = 'V',
        ["Danio_rerio"] = 'L', ["zebrafish"] = 'L',
        ["Drosophila_melanogaster"] = 'O', ["fruit_fly"] = 'O', ["fruitfly"] = 'O', ["fly"] = 'O',
        ["Escherichia_coli_gca_001721525"] = 'Q', ["Escherichia_coli"] = 'Q',
        ["E._coli"] = 'Q',
        ["Homo_sapiens"] = 'R', ["human"] = 'R',
        ["Mus_musculus"] = 'S', ["mouse"] = 'S',
        ["Saccharomyces_cerevisiae"] = 'U', ["yeast"] = 'U',
    };
}
