using System.Diagnostics.CodeAnalysis;

namespace PluginHost;

/// <summary>A tokenized sequence: ids and the bases each covers. Plain arrays, no tensor.</summary>
/// <param name="ids">Token ids, special tokens included.</param>
/// <param name="spans">The bases each token covers: same length as <paramref name="ids"/>, ordered, inside the sequence.</param>
public sealed class EncodedSequence(int[] ids, BaseSpan[] spans)
{
    private static readonly Dictionary<BatchKey, Array> none = [];
    private Dictionary<BatchKey, Array>? extras;

    /// <summary>Token ids, special tokens included. Axis T.</summary>
    public int[] Ids { get; } = ids.Length == spans.Length
        ? ids
        : throw new PluginException($"A tokenizer returned {ids.Length} ids but {spans.Length} spans.");

    /// <summary>The bases each token covers. Axis T.</summary>
    public BaseSpan[] Spans { get; } = spans;

    /// <summary>
    /// Bases at the end of the sequence that no token covers because <see cref="EncodeContext.MaxTokens"/> was reached. The host reports
    /// them.
    /// </summary>
    public int DroppedBases { get; init; }

    /// <summary>The arrays attached by <see cref="With"/>.</summary>
    public IReadOnlyDictionary<BatchKey, Array> Attached => extras ?? none;

    /// <summary>Attaches an array that belongs to a batch column of the tokenizer's own, without the batch axis.</summary>
    /// <param name="key">The column; its first axis is B.</param>
    /// <param name="values">
    /// <c>long[]</c>, <c>float[]</c> or <c>bool[]</c>, or of two dimensions, as the key's type says. Axis T has the length of
    /// <see cref="Ids"/>. <see cref="Collation.Pad"/> fills what is missing with 0 or false.
    /// </param>
    /// <exception cref="PluginException">Element type, rank or the length of axis T disagrees with the key.</exception>
    public EncodedSequence With(BatchKey key, Array values)
    {
        Columns.Check(key, values, Ids.Length);
        (extras ??= [])[key] = values;
        return this;
    }

    /// <summary>The same with other tokens in the same places, as an objective that hides some shows it.</summary>
    /// <param name="edited">As many as there are.</param>
    public EncodedSequence WithIds(int[] edited) =>
        new(edited, Spans) { DroppedBases = DroppedBases, extras = extras is null ? null : new(extras) };

    /// <summary>An attached array, if present.</summary>
    public bool TryGet<T>(BatchKey key, [NotNullWhen(true)] out T[]? values)
    {
        values = extras is not null && extras.TryGetValue(key, out var found) ? found as T[] : null;
        return values is not null;
    }
}
