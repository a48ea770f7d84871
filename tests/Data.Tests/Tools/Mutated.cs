namespace PluginHost.Data.Tests.Tools;

/// <summary>Sequences a known number of edits away from others.</summary>
internal static class Mutated
{
    /// <summary>Applies random substitutions, insertions and deletions.</summary>
    public static string By(string sequence, int edits, SeededRandom random)
    {
        var text = new System.Text.StringBuilder(sequence);
        for (var i = 0; i < edits; i++)
        {
            var at = (int)random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0: text[at] = "ACGT"[(int)random.Next(4)]; break;
                case 1: text.Insert(at, "ACGT"[(int)random.Next(4)]); break;
                default: if (text.Length > 1) text.Remove(at, 1); break;
            }
        }
        return text.ToString();
    }

    /// <summary>The edit distance by the textbook's table.</summary>
    public static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
        return table[a.Length, b.Length];
    }
}
