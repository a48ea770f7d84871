using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.MaskedLm;

/// <summary>Hides tokens row by row and gathers the positions to score. Axes: B rows, T tokens, M scored positions.</summary>
internal sealed class MaskedRows
{
    private readonly MaskedLmOptions options;
    private readonly Vocabulary vocabulary;
    private readonly int length;

    /// <param name="options">Shares and stretch length.</param>
    /// <param name="vocabulary">Has [MASK].</param>
    /// <param name="rows">Size of axis B.</param>
    /// <param name="length">Size of axis T.</param>
    public MaskedRows(MaskedLmOptions options, Vocabulary vocabulary, int rows, int length)
    {
        this.options = options;
        this.vocabulary = vocabulary;
        this.length = length;
        Ids = new long[rows * length];
        Scored = new(options, vocabulary);
        Array.Fill(Ids, vocabulary.Pad ?? 0);
    }

    /// <summary>What the model sees, "B T".</summary>
    public long[] Ids { get; }

    /// <summary>The positions asked for.</summary>
    public ScoredPositions Scored { get; }

    /// <summary>Adds a row with tokens hidden at a rate.</summary>
    public void Hide(int row, Encoding encoding, double rate, SeededRandom random)
    {
        Copy(row, encoding);
        foreach (var token in Chosen(encoding, rate, random))
        {
            var position = row * length + token;
            Ids[position] = Scored.Hide(position, encoding.Ids[token], Asked(encoding.Ids[token]), random);
        }
    }

    /// <summary>Adds a row as it is, asking for every token without telling labels.</summary>
    public void Show(int row, Encoding encoding)
    {
        Copy(row, encoding);
        foreach (var token in Candidates(encoding)) Scored.Show(row * length + token);
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
