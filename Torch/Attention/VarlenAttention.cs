using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// Attention of sequences of any lengths one after another: libtorch's kernel for each, so that nothing is computed for padding and a
/// sequence's result does not depend on its neighbours. Equal lengths that follow each other go through it together.
/// </summary>
internal static class VarlenAttention
{
    internal static Tensor Of(Tensor query, Tensor key, Tensor value, long[] lengths, int heads, Tensor? bias)
    {
        Check(query, key, value, lengths, heads, bias);
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        var start = 0L;
        for (var i = 0; i < lengths.Length;)
        {
            var (length, count) = (lengths[i], 1);
            while (i + count < lengths.Length && lengths[i + count] == length) count++;
            i += count;
            if (length == 0) continue;
            // "S L H K" as "S H L K": views, whatever the rows' distance in memory.
            Tensor Heads(Tensor x) =>
                x.narrow(0, start, count * length).unflatten(0, [count, length]).unflatten(2, [heads, -1]).transpose(1, 2);
            var own = bias?.narrow(1, 0, length).narrow(2, 0, length).unsqueeze(0).to_type(query.dtype);
            var attended = nn.functional.scaled_dot_product_attention(Heads(query), Heads(key), Heads(value), own);
            parts.Add(attended.transpose(1, 2).flatten(2, 3).flatten(0, 1));
            start += count * length;
        }

        var all = parts.Count switch { 0 => empty_like(query), 1 => parts[0], _ => cat(parts) };
        return all.contiguous().MoveToOuterDisposeScope();
    }

    private static void Check(Tensor query, Tensor key, Tensor value, long[] lengths, int heads, Tensor? bias)
    {
        if (query.dim() != 2 || heads < 1 || query.shape[1] % heads != 0)
            throw new ArgumentException("attention needs tokens by width, the width a multiple of the heads", nameof(query));
        if (!key.shape.SequenceEqual(query.shape) || !value.shape.SequenceEqual(query.shape))
            throw new ArgumentException("attention of a sequence to itself needs as many keys and values as queries", nameof(key));
        if (lengths.Any(l => l < 0) || lengths.Sum() != query.shape[0])
            throw new ArgumentException("the lengths are not negative and add up to the tokens", nameof(lengths));
        var longest = lengths.DefaultIfEmpty().Max();
        if (bias is not null && (bias.dim() != 3 || bias.shape[0] != heads || bias.shape[1] < longest || bias.shape[2] < longest))
            throw new ArgumentException("the bias is heads by queries by keys, as long as the longest sequence", nameof(bias));
    }
}
