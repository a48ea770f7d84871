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
    /// <param name="length">Size of axis T.</param>
    public MaskedRows(MaskedLmOptions options, Vocabulary vocabulary, int length)
    {
        this.options = options;
        this.vocabulary = vocabulary;
        this.length = length;
        Scored = new(options, vocabulary);
    }

    /// <summary>The positions asked for.</summary>
    public ScoredPositions Scored { get; }

    /// <summary>Adds a row with tokens hidden at a rate; returns what the model sees.</summary>
    public EncodedSequence Hide(int row, EncodedSequence encoding, double rate, SeededRandom random)
    {
        var seen = (int[])encoding.Ids.Clone();
        foreach (var token in Chosen(encoding, rate, random))
            seen[token] = Scored.Hide(row * length + token, encoding.Ids[token], Asked(encoding.Ids[token]), random);
        return encoding.WithIds(seen);
    }

    /// <summary>Adds a row as it is, asking for every token without telling labels.</summary>
    public EncodedSequence Show(int row, EncodedSequence encoding)
    {
        foreach (var token in Candidates(encoding)) Scored.Show(row * length + token);
        return encoding;
    }

    private IEnumerable<int> Chosen(EncodedSequence encoding, double rate, SeededRandom random)
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
    private List<int> Candidates(EncodedSequence encoding)
    {
        var candidates = new List<int>(encoding.Ids.Length);
        for (var t = 0; t < encoding.Ids.Length; t++)
            if (encoding.Spans[t].Length > 0
                && (!vocabulary.IsSpecial(encoding.Ids[t]) || (options.AskUnknown && encoding.Ids[t] == vocabulary.Unknown)))
                candidates.Add(t);
        return candidates;
    }
}
