namespace PluginHost.Host.Models.Decoding;

/// <summary>
/// One prompt with masks while they are filled in. Tokens that share bases, as overlapping k-mers do, must agree: what is written at one
/// place restricts its neighbours, and a place whose bases are all known by its neighbours is filled with them.
/// </summary>
internal sealed class MaskedRow
{
    private readonly TokenBases texts;
    private readonly HashSet<int> forbidden;
    private readonly BaseSpan[] spans;
    private readonly char[] known;
    private readonly int[] masked;
    private readonly int[] order;
    private readonly int passes;
    private readonly Dictionary<int, int?> written = [];
    private double logProbability;
    private bool stuck;

    public MaskedRow(int row, ReadOnlySpan<long> ids, BaseSpan[] spans, TokenBases texts, DecodeLimits limits)
    {
        (Row, this.spans, this.texts) = (row, spans, texts);
        forbidden = [.. limits.Forbidden];
        var mask = texts.Mask;
        List<int> masks = [];
        known = new char[spans.Length == 0 ? 0 : spans.Max(s => s.End)];
        for (var t = 0; t < ids.Length; t++)
        {
            if (ids[t] == mask) masks.Add(t);
            else if (t < spans.Length) Know(t, (int)ids[t]);
        }
        masked = [.. masks];
        order = [.. masks];
        passes = Math.Clamp(limits.Passes ?? masked.Length, 1, Math.Max(1, masked.Length));
        var random = new SeededRandom(limits.Seed, limits.Number(row));
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Next(0, i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>Its place in the batch.</summary>
    public int Row { get; }

    /// <summary>Masks that are left.</summary>
    public int Open => masked.Length - written.Count;

    /// <summary>The places that a pass fills, those of passes before it that were left included.</summary>
    /// <param name="pass">From 1.</param>
    public IEnumerable<int> Next(int pass)
    {
        var left = pass >= passes ? 0 : (int)(masked.Length * Math.Cos(Math.PI / 2 * pass / passes));
        return order.Take(Math.Max(masked.Length - left, Math.Min(pass, masked.Length))).Where(place => !written.ContainsKey(place));
    }

    /// <summary>Whether a place was filled.</summary>
    public bool IsFilled(int place) => written.ContainsKey(place);

    /// <summary>The tokens that agree with the bases that are known, by id.</summary>
    public bool[] Allowed(int place)
    {
        var allowed = new bool[texts.Of.Count];
        var span = place < spans.Length ? spans[place] : BaseSpan.None;
        for (var id = 0; id < allowed.Length; id++)
            allowed[id] = texts.Of[id].Length > 0 && !forbidden.Contains(id) && Agrees(texts.Of[id], span);
        return allowed;
    }

    /// <summary>Fills a place, and those that are known by it.</summary>
    /// <param name="place">Of the row.</param>
    /// <param name="drawn">Null where no token was allowed.</param>
    public void Fill(int place, DecodedSequence? drawn)
    {
        written[place] = drawn?.Tokens[0];
        logProbability += drawn?.LogProbability ?? 0;
        stuck |= drawn is null;
        if (drawn is null || place >= spans.Length) return;
        Know(place, drawn.Tokens[0]);
        foreach (var other in masked.Where(o => !written.ContainsKey(o) && o < spans.Length && spans[o].Overlaps(spans[place])))
        {
            var bases = known.AsSpan(spans[other].Start, spans[other].Length);
            if (!bases.Contains('\0') && texts.Find(bases.ToString()) is { } id && !forbidden.Contains(id)) written[other] = id;
        }
    }

    /// <summary>Writes what there is into the batch's ids.</summary>
    public void Write(Span<long> ids)
    {
        foreach (var (place, id) in written) if (id is { } token) ids[place] = token;
    }

    /// <summary>What was written.</summary>
    public DecodedSequence Finish() => new(Row, [.. masked.Select(place => written[place] ?? texts.Mask)], logProbability,
        stuck ? DecodeEnd.Stuck : DecodeEnd.Complete);

    private bool Agrees(string bases, BaseSpan span)
    {
        if (span.Length != bases.Length) return span.Length == 0;
        for (var i = 0; i < bases.Length; i++)
            if (known[span.Start + i] is not '\0' and var base_ && base_ != bases[i]) return false;
        return true;
    }

    private void Know(int place, int id)
    {
        var bases = id < texts.Of.Count ? texts.Of[id] : "";
        if (bases.Length == spans[place].Length) bases.CopyTo(known.AsSpan(spans[place].Start));
    }
}
