namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>How often each token goes with each context, compressed by rows once filled.</summary>
/// <param name="contexts">Contexts are below this.</param>
internal sealed class PairTable(int contexts)
{
    private readonly List<long> pairs = [];
    private readonly int[] rows = new int[contexts + 1];
    private int[] tokens = [];
    private int[] counts = [];

    /// <summary>Counts a pair.</summary>
    public void Add(int context, int token) => pairs.Add((long)context << 32 | (uint)token);

    /// <summary>Call once, after the last <see cref="Add"/>.</summary>
    public void Freeze()
    {
        pairs.Sort();
        var (tokens, counts) = (new List<int>(), new List<int>());
        for (var i = 0; i < pairs.Count;)
        {
            var end = i + 1;
            while (end < pairs.Count && pairs[end] == pairs[i]) end++;
            tokens.Add((int)(uint)pairs[i]);
            counts.Add(end - i);
            rows[(int)(pairs[i] >> 32) + 1] = tokens.Count;
            i = end;
        }
        for (var c = 1; c <= contexts; c++) rows[c] = Math.Max(rows[c], rows[c - 1]);
        (this.tokens, this.counts) = ([.. tokens], [.. counts]);
        pairs.Clear();
        pairs.TrimExcess();
    }

    /// <summary>The tokens seen with a context, and how often each.</summary>
    public (ReadOnlyMemory<int> Tokens, ReadOnlyMemory<int> Counts) Row(int context)
    {
        var range = rows[context]..rows[context + 1];
        return (tokens.AsMemory(range), counts.AsMemory(range));
    }
}
