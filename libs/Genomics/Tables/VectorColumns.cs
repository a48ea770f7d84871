using System.Text.RegularExpressions;
using PluginHost.Libs.Files.Cells;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>The columns of one field of several numbers. The first row says how many there are.</summary>
/// <param name="name">The field.</param>
/// <param name="columns">Their indices, in order.</param>
/// <param name="names">Names of all columns of the table.</param>
public sealed class VectorColumns(string name, int[] columns, string[] names)
{
    private (long Line, int Width)? first;

    public string Name => name;

    public IReadOnlyList<int> Columns => columns;

    /// <summary>The columns that names and patterns stand for.</summary>
    /// <exception cref="DataException">One stands for none.</exception>
    public static IReadOnlyList<VectorColumns> Find(IReadOnlyDictionary<string, string[]> vectors, string[] names, string where) =>
        [.. vectors.Select(v =>
            new VectorColumns(v.Key, [.. v.Value.SelectMany(p => Matching(p, names, v.Key, where)).Distinct()], names))];

    /// <summary>A row's numbers; NaN where one is missing.</summary>
    /// <param name="cell">The text of a column.</param>
    /// <param name="where">File and line, for messages.</param>
    /// <param name="line">The line.</param>
    /// <exception cref="DataException">A cell holds something else, or there are more or fewer numbers than in the first row.</exception>
    public float[] Read(Func<int, string> cell, string where, long line)
    {
        var numbers = new List<float>(first?.Width ?? columns.Length);
        foreach (var column in columns)
        {
            numbers.AddRange(NumberCell.Read(cell(column), out var problem)
                ?? throw new DataException($"{where}: column '{names[column]}' {problem} The vector '{name}' is made of it."));
        }
        first ??= (line, numbers.Count);
        return numbers.Count == first.Value.Width ? [.. numbers]
            : throw new DataException($"{where}: the vector '{name}' has {numbers.Count} numbers, but {first.Value.Width} on line "
                + $"{first.Value.Line}; give every row the same, with NA for missing ones.");
    }

    private static IEnumerable<int> Matching(string pattern, string[] names, string vector, string where)
    {
        var regex = new Regex($"^{Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".")}$", RegexOptions.CultureInvariant);
        var found = Enumerable.Range(0, names.Length).Where(i => regex.IsMatch(names[i])).ToList();
        return found.Count > 0 ? found
            : throw new DataException(
                $"{where}: no column fits '{pattern}' of the vector '{vector}'; the columns are: {Files.NameList.Shorten(names, 20)}.");
    }
}
