namespace PluginHost.Libs.Supervised;

/// <summary>Rows of one length as a table.</summary>
public static class Table
{
    /// <summary>Axes: rows, numbers of a row.</summary>
    public static float[,] Of(IEnumerable<float[]> rows, int width)
    {
        var all = rows.ToList();
        var table = new float[all.Count, width];
        for (var n = 0; n < all.Count; n++)
            for (var c = 0; c < width; c++) table[n, c] = all[n][c];
        return table;
    }

    /// <summary>The same row over and over.</summary>
    public static float[,] Repeat(float[] row, int count) => Of(Enumerable.Repeat(row, count), row.Length);
}
