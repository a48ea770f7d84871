namespace PluginHost.Host.Models;

/// <summary>A tokenizer that gives samples the fields which they lack.</summary>
/// <param name="inner">Encodes.</param>
/// <param name="fields">Names and values.</param>
internal sealed class FieldedTokenizer(ITokenizer inner, IReadOnlyDictionary<string, object> fields) : ITokenizer
{
    /// <inheritdoc/>
    public Vocabulary Vocabulary => inner.Vocabulary;

    /// <inheritdoc/>
    public IReadOnlyList<BatchKey> Writes => inner.Writes;

    /// <inheritdoc/>
    public IReadOnlyList<BatchKey> Revealing => inner.Revealing;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> SampleFields => inner.SampleFields;

    /// <inheritdoc/>
    public Question Asks => inner.Asks;

    /// <inheritdoc/>
    public Alphabet Alphabet => inner.Alphabet;

    /// <inheritdoc/>
    public int? IdCount(BatchKey column) => inner.IdCount(column);

    /// <inheritdoc/>
    public EncodedSequence Encode(Sample sample, EncodeContext context) => inner.Encode(FieldedSource.Fill(sample, fields), context);

    /// <inheritdoc/>
    public int CountTokens(Sample sample, EncodeContext context) => inner.CountTokens(FieldedSource.Fill(sample, fields), context);

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => inner.Decode(ids);

    /// <inheritdoc/>
    public string Text(EncodedSequence encoding) => inner.Text(encoding);

    /// <inheritdoc/>
    public IReadOnlyList<string> Save(string folder) => inner.Save(folder);
}
