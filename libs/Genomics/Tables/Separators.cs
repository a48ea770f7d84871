namespace PluginHost.Libs.Genomics.Tables;

/// <summary>What stands between the cells of a table.</summary>
public static class Separators
{
    /// <summary>A separator by name or as itself; null if it is neither.</summary>
    public static char? Parse(string written) => written switch
    {
        "comma" => ',',
        "tab" or "\\t" => '\t',
        "semicolon" => ';',
        { Length: 1 } when char.IsAscii(written[0]) && !char.IsLetterOrDigit(written[0]) && written[0] != '"' => written[0],
        _ => null,
    };

    /// <summary>A tab by the names .tsv and .tab (also before .gz); null, to be told from the first lines, for every other name.</summary>
    public static char? ByName(string path)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is ".gz" or ".bgz") ending = Path.GetExtension(Path.GetFileNameWithoutExtension(path)).ToLowerInvariant();
        return ending is ".tsv" or ".tab" ? '\t' : null;
    }

    /// <summary>Its name for messages.</summary>
    public static string Show(char separator) =>
        separator switch { ',' => "comma", '\t' => "tab", ';' => "semicolon", _ => $"'{separator}'" };
}
