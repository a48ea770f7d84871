namespace PluginHost.Plugins.TokenLabels;

using static TorchSharp.torch;

/// <summary>The bases or tokens of a batch that are given a class: gathered row by row through the bases that tokens cover.</summary>
/// <param name="length">Size of axis T.</param>
/// <param name="level">Bases or tokens.</param>
/// <param name="tokenClass">How a token's class follows from its bases'.</param>
internal sealed class LabelledItems(int length, Level level, TokenClass tokenClass)
{
    private readonly List<(int Row, BaseSpan Span, long Class, int First, int Count)> items = [];

    /// <summary>How many have a class.</summary>
    public long Known { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="encoding">Its tokens.</param>
    /// <param name="classes">Class of each base; null for prediction.</param>
    public void Add(int row, EncodedSequence encoding, long[]? classes)
    {
        if (level == Level.Token) AddTokens(row, encoding, classes);
        else AddBases(row, encoding, classes);
    }

    /// <summary>Writes the columns; axes M and W are at least 1.</summary>
    public Batch Write(Batch batch)
    {
        if (items.Count == 0) items.Add((0, BaseSpan.None, Keys.Ignore, 0, 1));
        var width = items.Max(i => i.Count);
        var (tokens, shares) = (new long[items.Count * width], new float[items.Count * width]);
        var (classes, places) = (new long[items.Count], new long[items.Count * 3]);
        for (var m = 0; m < items.Count; m++)
        {
            var (row, span, label, first, count) = items[m];
            classes[m] = label;
            (places[3 * m], places[3 * m + 1], places[3 * m + 2]) = (row, span.Start, span.End);
            for (var w = 0; w < width; w++)
            {
                tokens[m * width + w] = (long)row * length + first + Math.Min(w, count - 1);
                shares[m * width + w] = w < count ? 1f / count : 0;
            }
        }
        return batch
            .Set(Columns.Tokens, tensor(tokens, [items.Count, width]))
            .Set(Columns.Shares, tensor(shares, [items.Count, width]))
            .Set(Columns.Classes, tensor(classes, [items.Count]))
            .Set(Columns.Places, tensor(places, [items.Count, 3]));
    }

    private void AddTokens(int row, EncodedSequence encoding, long[]? classes)
    {
        for (var t = 0; t < encoding.Ids.Length; t++)
        {
            var span = encoding.Spans[t];
            if (span.Length > 0) Add(row, span, classes is null ? Keys.Ignore : ClassOf(classes.AsSpan(span.Start, span.Length)), t, 1);
        }
    }

    /// <summary>Tokens over a base follow one another: spans are ordered, and special tokens stand at the ends.</summary>
    private void AddBases(int row, EncodedSequence encoding, long[]? classes)
    {
        var spans = encoding.Spans;
        var covered = spans.Where(s => s.Length > 0).Select(s => s.End).DefaultIfEmpty(0).Max();
        var first = 0;
        for (var place = 0; place < covered; place++)
        {
            while (first < spans.Length && spans[first].End <= place) first++;
            var count = 0;
            while (first + count < spans.Length && spans[first + count].Length > 0 && spans[first + count].Start <= place) count++;
            if (count > 0) Add(row, new BaseSpan(place, place + 1), classes?[place] ?? Keys.Ignore, first, count);
        }
    }

    private void Add(int row, BaseSpan span, long label, int first, int count)
    {
        items.Add((row, span, label, first, count));
        if (label != Keys.Ignore) Known++;
    }

    private long ClassOf(ReadOnlySpan<long> classes)
    {
        switch (tokenClass)
        {
            case TokenClass.First: return classes[0];
            case TokenClass.Centre: return classes[(classes.Length - 1) / 2];
            case TokenClass.Any:
                foreach (var c in classes) if (c > 0) return c;
                return classes.Contains(0L) ? 0 : Keys.Ignore;
        }
        var known = classes.ToArray().Where(c => c != Keys.Ignore).ToArray();
        return known.Length == 0 ? Keys.Ignore : known.GroupBy(c => c).OrderByDescending(g => g.Count()).First().Key;
    }
}
