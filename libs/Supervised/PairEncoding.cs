namespace PluginHost.Libs.Supervised;

/// <summary>
/// Two sequences as one row: the first with the special tokens around it, then the second and a separator, as BERT lays pairs out (Devlin
/// et al.
/// 2019, 3.1): <c>[CLS] A [SEP] B [SEP]</c>. Where both do not fit, the longer one is cut first. Tokens of the second cover no bases of the
/// sample's own sequence.
/// </summary>
public static class PairEncoding
{
    /// <summary>The second sequence of a sample, normalised.</summary>
    /// <param name="sample">Has the field.</param>
    /// <param name="field">Its name.</param>
    /// <param name="alphabet">What it is made of; null for nucleotides.</param>
    /// <exception cref="DataException">The field is missing or holds no sequence.</exception>
    public static Sample Second(Sample sample, string field, Alphabet? alphabet = null)
    {
        var bases = (alphabet ?? Alphabet.Dna).Normalize(sample.Text(field).Trim(), $"{sample.Where}, field '{field}'");
        return bases.Length > 0
            ? sample with { Sequence = bases }
            : throw new DataException($"{sample.Where}: the second sequence, field '{field}', is empty; fill it in or remove the row.");
    }

    /// <summary>How many tokens a row has.</summary>
    public static int Count(Sample sample, string field, ITokenizer tokenizer, EncodeContext context)
    {
        var whole = context with { MaxTokens = int.MaxValue };
        var both = (long)tokenizer.CountTokens(sample, whole)
            + tokenizer.CountTokens(Second(sample, field, tokenizer.Alphabet), whole with { SpecialTokens = false }) + 1;
        return (int)Math.Min(both, context.MaxTokens);
    }

    /// <summary>Encodes a row, with <see cref="Keys.TokenTypes"/> attached.</summary>
    /// <exception cref="UsageException">The vocabulary has no separator, or the limit is too small.</exception>
    public static EncodedSequence Encode(Sample sample, string field, CollateContext context)
    {
        var separator = context.Tokenizer.Vocabulary.Separator
            ?? throw new UsageException("A second sequence needs a tokenizer whose vocabulary has a separator, such as [SEP]; use kmer, "
                + "bpe or another of that kind.");
        if (context.MaxTokens < 8)
            throw new UsageException($"A limit of {context.MaxTokens} tokens leaves no room for two sequences; allow more.");
        var other = Second(sample, field, context.Tokenizer.Alphabet);
        var (first, second) = Rooms(
            context.Tokenizer.CountTokens(sample, new EncodeContext()),
                context.Tokenizer.CountTokens(other, new EncodeContext(SpecialTokens: false)), context.MaxTokens - 1);
        return Join(context.EncodeWithin(sample, first, specialTokens: true), context.EncodeWithin(other, second, specialTokens: false),
            separator);
    }

    private static (int First, int Second) Rooms(int first, int second, int room)
    {
        if ((long)first + second <= room) return (first, second);
        var half = room / 2;
        var cut = Math.Min(second, Math.Max(half, room - first));
        return (room - cut, cut);
    }

    private static EncodedSequence Join(EncodedSequence first, EncodedSequence second, int separator)
    {
        int[] ids = [.. first.Ids, .. second.Ids, separator];
        BaseSpan[] spans = [.. first.Spans, .. Enumerable.Repeat(BaseSpan.None, second.Ids.Length + 1)];
        var joined = new EncodedSequence(ids, spans) { DroppedBases = first.DroppedBases + second.DroppedBases };
        foreach (var key in first.Attached.Keys.Union(second.Attached.Keys))
        {
            var (a, b) = (first.Attached.GetValueOrDefault(key), second.Attached.GetValueOrDefault(key));
            joined.With(key, (a ?? b) switch
            {
                long[] or long[,] => Blocks<long>(key, a, b, first.Ids.Length, ids.Length),
                float[] or float[,] => Blocks<float>(key, a, b, first.Ids.Length, ids.Length),
                _ => Blocks<bool>(key, a, b, first.Ids.Length, ids.Length),
            });
        }
        return joined.With(Keys.TokenTypes, ids.Select((_, t) => t < first.Ids.Length ? 0L : 1L).ToArray());
    }

    /// <summary>
    /// What the tokenizer attached to both, one behind the other along every axis: what belongs to the first never meets what belongs to
    /// the second.
    /// </summary>
    private static Array Blocks<T>(BatchKey key, Array? a, Array? b, int firstTokens, int tokens)
    {
        int Size(Array? array, int axis) => array?.GetLength(axis) ?? 0;
        (int Offset, int Size) Axis(int axis) => key.AxisNames[axis + 1] == "T" ? (firstTokens, tokens)
            : (Size(a, axis), Size(a, axis) + Size(b, axis));
        var (offset, size) = Axis(0);
        if (key.AxisNames.Count == 2)
        {
            var line = new T[size];
            a?.CopyTo(line, 0);
            b?.CopyTo(line, offset);
            return line;
        }
        var (offset2, size2) = Axis(1);
        var table = new T[size, size2];
        foreach (var (source, row, column) in new[] { ((T[,]?)a, 0, 0), ((T[,]?)b, offset, offset2) })
            for (var i = 0; i < Size(source, 0); i++)
                for (var j = 0; j < Size(source, 1); j++) table[row + i, column + j] = source![i, j];
        return table;
    }
}
