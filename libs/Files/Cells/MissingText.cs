namespace PluginHost.Libs.Files.Cells;

/// <summary>What programs write where a value is missing: nothing, or words such as those that R, pandas and databases leave.</summary>
public static class MissingText
{
    private static readonly HashSet<string> words = new(StringComparer.OrdinalIgnoreCase)
    {
        "nan", "+nan", "-nan", "na", "n/a", "n.a.", "#n/a", "<na>", "null", "none", "nil", "nat", "missing",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a cell says that there is no value.</summary>
    public static bool Is(ReadOnlySpan<char> cell) => cell.Trim() is var text && (text.IsEmpty || lookup.Contains(text));
}
