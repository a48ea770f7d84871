using System.Globalization;

namespace PluginHost.Plugins.Interpret.Decoders;

/// <summary>Figures over all bases that were written.</summary>
/// <param name="stack">In the decoder's own attention a base sees those written before it alone.</param>
internal sealed class LookCounts(DecoderStack stack)
{
    private readonly List<int> offsets = [];
    private double share, even;

    /// <summary>Bases that looked at one.</summary>
    public int Bases => offsets.Count;

    /// <summary>Adds a base of a target.</summary>
    /// <param name="looks">Its sequence's.</param>
    /// <param name="written">Its place.</param>
    /// <param name="most">What it looked at most.</param>
    public void Add(Looks looks, int written, int most)
    {
        offsets.Add(most - written);
        share += looks.Shares_WL[written, most];
        even += 1.0 / (stack == DecoderStack.Cross ? looks.Seen.Length : Math.Max(1, written));
    }

    /// <summary>Names and values.</summary>
    public IEnumerable<(string Name, string Value)> Figures()
    {
        yield return ("bases written", $"{Bases}");
        if (Bases == 0) yield break;
        var far = offsets.Select(Math.Abs).Order().ToList();
        var (usual, times) = offsets.GroupBy(o => o).Select(g => (g.Key, Count: g.Count())).OrderByDescending(g => g.Count)
            .ThenBy(g => Math.Abs(g.Key)).First();
        yield return ("mean share of the base looked at most", Number(share / Bases));
        yield return ("the same if even", Number(even / Bases));
        yield return ("bases that look at their own place", Number((double)offsets.Count(o => o == 0) / Bases));
        yield return ("most usual offset", string.Create(CultureInfo.InvariantCulture, $"{usual:+0;-0;0}"));
        yield return ("bases that look so far off", Number((double)times / Bases));
        yield return ("median distance", $"{far[far.Count / 2]}");
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
