namespace PluginHost.Plugins.MaskedLm;

/// <summary>Hides tokens row by row and gathers the positions to score. Axes: B rows, T tokens, M scored positions.</summary>
internal sealed class MaskedRows
{
    private readonly MaskedLmOptions options;
    private readonly Vocabulary vocabulary;
    private readonly int[] replacements;
    private readonly int length;
    private readonly List<(long Position, long Label, bool AtMask)> scored = [];

    /// <param name="options">Shares and stretch length.</param>
    /// <param name="vocabulary">Has [MASK].</param>
    /// <param name="replacements">Ids a random token is drawn from.</param>
    /// <param name="rows">Size of axis B.</param>
    /// <param name="length">Size of axis T.</param>
    public MaskedRows(MaskedLmOptions options, Vocabulary vocabulary, int[] replacements, int rows, int length)
    {
        this.options = options;
        this.vocabulary = vocabulary;
        this.replacements = replacements;
        this.length = length;
        Ids = new long[rows * length];
        Array.Fill(Ids, vocabulary.Pad ?? 0);
    }

    /// <summary>What the model sees, "B T".</summary>
    public long[] Ids { get; }

    /// <summary>Indices into the flattened "B T", axis M.</summary>
    public long[] Positions => [.. scored.Select(s => s.Position)];

    /// <summary>Original ids, axis M.</summary>
    public long[] Labels => [.. scored.Select(s => s.Label)];

    /// <summary>Whether the input there is [MASK], axis M.</summary>
    public bool[] AtMask => [.. scored.Select(s => s.AtMask)];

    /// <summary>Positions with a label.</summary>
    public long Targets => scored.LongCount(s => s.Label != Keys.Ignore);

    /// <summary>Adds a row with tokens hidden at a rate.</summary>
    public void Hide(int row, Encoding encoding, double rate, SeededRandom random)
    {
        Copy(row, encoding);
        foreach (var token in Chosen(encoding, rate, random))
        {
            var position = row * length + token;
            var draw = random.NextDouble();
            var atMask = draw < options.MaskShare;
            if (Asked(encoding.Ids[token])) scored.Add((position, Ids[position], atMask));
            if (atMask) Ids[position] = vocabulary.Mask!.Value;
            else if (draw < options.MaskShare + options.RandomShare) Ids[position] = replacements[random.Next(replacements.Length)];
        }
    }

    /// <summary>Adds a row as it is, asking for every token without telling labels.</summary>
    public void Show(int row, Encoding encoding)
    {
        Copy(row, encoding);
        foreach (var token in Candidates(encoding))
        {
            var position = row * length + token;
            scored.Add((position, Keys.Ignore, false));
        }
    }

    /// <summary>Makes axis M at least 1, or exactly <paramref name="count"/> when that is above 0: a random subset stays, or ignored labels at position 0 fill up.</summary>
    public void Fix(int count, SeededRandom random)
    {
        if (count > 0 && scored.Count > count)
        {
            var all = scored.ToArray();
            random.Shuffle(all.AsSpan());
            scored.Clear();
            scored.AddRange(all.Take(count).OrderBy(s => s.Position));
        }
        while (scored.Count < Math.Max(1, count)) scored.Add((0, Keys.Ignore, false));
    }

    private void Copy(int row, Encoding encoding)
    {
        for (var t = 0; t < encoding.Ids.Length; t++) Ids[row * length + t] = encoding.Ids[t];
    }

    private IEnumerable<int> Chosen(Encoding encoding, double rate, SeededRandom random)
    {
        if (options.Scheme != MaskingScheme.Stretches) return ReleasedCentres.Choose(encoding, options.Scheme, rate, random);
        var candidates = Candidates(encoding);
        var spans = candidates.Select(t => encoding.Spans[t]).ToArray();
        var hidden = HiddenStretches.Choose(spans, options.SpanBases, rate, random, options.StretchOrigin);
        return candidates.Where((_, i) => hidden[i]);
    }

    /// <summary>Genomics-FM's loss takes labels above 0 only.</summary>
    private bool Asked(int id) => id != 0 || options.Scheme != MaskingScheme.GenomicsFmRelease;

    /// <summary>Tokens that stand for known bases: special and unknown tokens are not asked for, unless the options say so.</summary>
    private List<int> Candidates(Encoding encoding)
    {
        var candidates = new List<int>(encoding.Ids.Length);
        for (var t = 0; t < encoding.Ids.Length; t++)
            if (encoding.Spans[t].Length > 0 && (!vocabulary.IsSpecial(encoding.Ids[t]) || (options.AskUnknown && encoding.Ids[t] == vocabulary.Unknown)))
                candidates.Add(t);
        return candidates;
    }
}
