using CsvHelper;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>What spreadsheets leave behind: rows, or ends of rows, that hold nothing but separators.</summary>
public static class BlankCells
{
    /// <summary>Whether all cells of a row are empty from one of them on.</summary>
    /// <param name="row">As read.</param>
    /// <param name="from">The first cell looked at.</param>
    public static bool IsBlank(this CsvReader row, int from = 0)
    {
        for (var cell = from; cell < row.FieldCount; cell++) if (!row.IsEmpty(cell)) return false;
        return true;
    }
}
