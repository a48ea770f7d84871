using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>Hides tokens and G-grams row by row and gathers the positions to score. Axes: B rows, T tokens, M scored positions.</summary>
/// <param name="options">Rates and shares.</param>
/// <param name="vocabulary">Has [MASK].</param>
/// <param name="length">Size of axis T.</param>
internal sealed class MaskedRows(WholeGGramMaskingOptions options, Vocabulary vocabulary, int length)
{
    private readonly HiddenTokens hiding = new(options);
    private int rows;

    /// <summary>The positions asked for.</summary>
    public ScoredPositions Scored { get; } = new(options, vocabulary);

    /// <summary>Tokens that stand for known bases: special and unknown tokens are never hidden.</summary>
    public static bool[] Maskable(EncodedSequence encoding, Vocabulary vocabulary) =>
        [.. encoding.Ids.Select((id, t) => encoding.Spans[t].Length > 0 && !vocabulary.IsSpecial(id))];

    /// <summary>Adds a row with tokens and G-grams hidden; returns what the model sees.</summary>
    public EncodedSequence Hide(EncodedSequence encoding, SeededRandom random)
    {
        var ggrams = GGramOccurrences.Of(encoding);
        var hidden_T = hiding.Choose(Maskable(encoding, vocabulary), ggrams, random);
        var seen = (int[])encoding.Ids.Clone();
        for (var t = 0; t < seen.Length; t++)
            if (hidden_T[t]) seen[t] = Scored.Hide((long)rows * length + t, encoding.Ids[t], asked: true, random);
        rows++;
        var shown = new EncodedSequence(seen, encoding.Spans) { DroppedBases = encoding.DroppedBases };
        foreach (var (key, values) in encoding.Attached)
            if (!Columns.FromTokenizer.Contains(key)) shown.With(key, values);
        return ggrams.Without(hidden_T).AttachTo(shown);
    }

    /// <summary>Adds a row as it is, asking for every token without telling labels.</summary>
    public EncodedSequence Show(EncodedSequence encoding)
    {
        var maskable = Maskable(encoding, vocabulary);
        for (var t = 0; t < maskable.Length; t++)
            if (maskable[t]) Scored.Show((long)rows * length + t);
        rows++;
        return encoding;
    }
}
