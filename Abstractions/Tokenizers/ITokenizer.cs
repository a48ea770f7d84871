using System.Collections.Immutable;

namespace PluginHost;

/// <summary>Turns sequences into token ids that each know their bases. Thread-safe.</summary>
public interface ITokenizer
{
    /// <summary>Texts and ids.</summary>
    Vocabulary Vocabulary { get; }

    /// <summary>
    /// The batch columns its encodings fill. Columns other than <see cref="Keys.InputIds"/> and <see cref="Keys.AttentionMask"/> come from
    /// <see cref="EncodedSequence.With"/>.
    /// </summary>
    IReadOnlyList<BatchKey> Writes => [Keys.InputIds, Keys.AttentionMask];

    /// <summary>
    /// Those of <see cref="Writes"/> that tell of tokens besides their ids: an objective that hides tokens must edit these columns too, or
    /// refuse.
    /// </summary>
    IReadOnlyList<BatchKey> Revealing => [];

    /// <summary>
    /// The fields of a sample that it reads beside the sequence, each with a value that would do: what stands in a prompt. Empty for most.
    /// </summary>
    IReadOnlyDictionary<string, object> SampleFields => ImmutableDictionary<string, object>.Empty;

    /// <summary>
    /// What the last tokens ask a model for: a backbone that answers there offers heads for it (<see cref="Backbone.AnsweringHead"/>).
    /// Nothing for most.
    /// </summary>
    Question Asks => Question.Nothing;

    /// <summary>
    /// How many ids a column of <see cref="Writes"/> has, 0 to the largest and one: the rows of a table that embeds it. Null for columns
    /// that hold no ids.
    /// </summary>
    /// <param name="column">For example <see cref="Keys.InputIds"/>, or an id column of the tokenizer's own.</param>
    int? IdCount(BatchKey column) => column == Keys.InputIds ? Vocabulary.Count : null;

    /// <summary>
    /// The characters of the sequences it reads; the host refuses samples that hold others. Nucleotides unless it says so.
    /// </summary>
    Alphabet Alphabet => Alphabet.Dna;

    /// <summary>Encodes a sample.</summary>
    /// <param name="sample">A sequence over <see cref="Alphabet"/>; what the vocabulary lacks becomes the unknown token.</param>
    /// <param name="context">Limits and randomness.</param>
    EncodedSequence Encode(Sample sample, EncodeContext context);

    /// <summary>
    /// The sequence that ids stand for, special tokens left out. decode(encode(x)) = x for every x over A, C, G, T at least as long as a
    /// token.
    /// </summary>
    string Decode(ReadOnlySpan<int> ids);

    /// <summary>An encoding as a user reads it: the text of every token, special ones included; values where tokens carry any.</summary>
    string Text(EncodedSequence encoding) => string.Concat(encoding.Ids.Select(id => Vocabulary.Tokens[id]));

    /// <summary>
    /// How many tokens <see cref="Encode"/> would return; used to batch by length, so make it cheap. A tokenizer that draws
    /// says, where <see cref="EncodeContext.Random"/> is set, the most that any draw gives, and leaves the generator alone.
    /// </summary>
    int CountTokens(Sample sample, EncodeContext context) => Encode(sample, context).Ids.Length;

    /// <summary>
    /// Writes the files a model folder needs to rebuild this tokenizer (<see cref="BuildContext.SavedFile"/>), by the field's usual names:
    /// <c>vocab.txt</c>, <c>tokenizer.json</c>.
    /// </summary>
    /// <returns>The names written.</returns>
    IReadOnlyList<string> Save(string folder);
}

/// <summary>Limits and randomness of one encoding.</summary>
/// <param name="MaxTokens">
/// Most tokens to return, special ones included; the rest is dropped from the end and counted in
/// <see cref="EncodedSequence.DroppedBases"/>.
/// </param>
/// <param name="SpecialTokens">Whether to add classification and separator tokens.</param>
/// <param name="Random">For tokenizers that draw; null outside training.</param>
public sealed record EncodeContext(int MaxTokens = int.MaxValue, bool SpecialTokens = true, SeededRandom? Random = null)
{
    /// <summary>
    /// Whether a model is being scored: a tokenizer whose training draws decide what is asked draws likewise here, from the sample's name
    /// alone.
    /// </summary>
    public bool Scoring { get; init; }
}
