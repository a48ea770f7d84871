namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>Levenshtein distance: the fewest substitutions, insertions and deletions that turn one sequence into another.</summary>
public static class EditDistance
{
    private const int Unreached = int.MinValue / 2;
    private const int OnStack = 128;

    /// <summary>The distance, or -1 when it is more than the limit.</summary>
    /// <remarks>
    /// Furthest-reaching points on diagonals (Ukkonen 1985; Landau and Vishkin 1989): about the length plus the square of the
    /// distance, and unrelated sequences are given up after the limit's square.
    /// </remarks>
    /// <param name="a">One sequence.</param>
    /// <param name="b">The other.</param>
    /// <param name="limit">At least 0.</param>
    public static int Within(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int limit)
    {
        var target = b.Length - a.Length;
        if (Math.Abs(target) > limit) return -1;
        var reach = a.CommonPrefixLength(b);
        if (target == 0 && reach == a.Length) return 0;

        // Diagonal k holds the pairs (i, i + k); one place more on either side spares the tests at the edges.
        var size = 2 * limit + 3;
        Span<int> before = size <= OnStack ? stackalloc int[size] : new int[size];
        Span<int> now = size <= OnStack ? stackalloc int[size] : new int[size];
        var middle = limit + 1;
        before.Fill(Unreached);
        now.Fill(Unreached);
        before[middle] = reach;
        for (var edits = 1; edits <= limit; edits++)
        {
            // A diagonal too far from the last one cannot come back within the edits that are left.
            var from = Math.Max(-edits, target - (limit - edits));
            var to = Math.Min(edits, target + (limit - edits));
            now.Fill(Unreached);
            for (var k = from; k <= to; k++)
            {
                var i = Math.Max(Math.Max(before[middle + k] + 1, before[middle + k - 1]), before[middle + k + 1] + 1);
                if (i < 0) continue;
                i = Math.Min(i, Math.Min(a.Length, b.Length - k));
                if (i < 0 || i + k < 0) continue;
                i += a[i..].CommonPrefixLength(b[(i + k)..]);
                if (k == target && i == a.Length) return edits;
                now[middle + k] = i;
            }
            now.CopyTo(before);
        }
        return -1;
    }

    /// <inheritdoc cref="Within(ReadOnlySpan{byte}, ReadOnlySpan{byte}, int)"/>
    public static int Within(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit) =>
        Within(System.Text.Encoding.Latin1.GetBytes(a.ToArray()), System.Text.Encoding.Latin1.GetBytes(b.ToArray()), limit);
}
