using PluginHost.Libs.Files;
using PluginHost.Libs.Tools.Bases;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>Attention of sequences, spread from tokens to bases.</summary>
/// <param name="model">Shows its attention.</param>
/// <param name="options">Which layer, head and tokens.</param>
internal sealed class AttentionMaps(TrainedModel model, AttentionOptions options)
{
    /// <summary>What is shown, in words.</summary>
    public string What => $"attention of {Who} in layer {(options.Layer is { } layer ? $"{layer}" : "the last")}, "
        + (options.Head is { } head ? $"head {head}" : "summed over heads");

    private string Who => options.Base is { } place ? $"the tokens over base {place}"
        : model.Tokenizer.Vocabulary.Classification is not null ? "the classification token" : "all tokens of bases (mean)";

    /// <summary>Of each row of a batch, by head and base: axes H, bases; NaN where no token covers a base.</summary>
    /// <exception cref="UsageException">The architecture shows no attention, or has no such layer or head.</exception>
    public IReadOnlyList<float[][]> Of(Batch batch)
    {
        var shares = AttentionFrom.Read(model, batch, options.Layer, [.. batch.Encodings.Zip(batch.Samples, From)]);
        if (options.Head > shares[0].GetLength(0))
            throw new UsageException($"--head {options.Head}: {model.Name} has {Wording.Counted(shares[0].GetLength(0), "head")} a layer.");
        return [.. shares.Select((held, b) => Spread(held, batch.Encodings[b], batch.Samples[b].Sequence.Length))];
    }

    /// <summary>One number a base: the chosen head's, or the sum over heads.</summary>
    public float[] Joined(float[][] heads) => options.Head is { } head ? heads[head - 1]
        : [.. Enumerable.Range(0, heads[0].Length).Select(i => heads.Sum(h => h[i]))];

    private static float[][] Spread(float[,] shares_HS, EncodedSequence encoding, int length)
    {
        var heads = new float[shares_HS.GetLength(0)][];
        var values = new float[encoding.Ids.Length];
        for (var h = 0; h < heads.Length; h++)
        {
            for (var t = 0; t < values.Length; t++) values[t] = shares_HS[h, t];
            heads[h] = BaseSpread.Mean(encoding.Spans, values, length);
        }
        return heads;
    }

    private IReadOnlyList<int> From(EncodedSequence encoding, Sample sample)
    {
        if (options.Base is not { } place) return AttentionScores.Attending(model, encoding);
        List<int> over = [.. Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Overlaps(new(place, place + 1)))];
        return over.Count > 0 ? over
            : throw new DataException($"--base {place}: {sample.Where} has no token over it; its {sample.Sequence.Length:N0} bases are "
                + "counted from 0.");
    }
}
