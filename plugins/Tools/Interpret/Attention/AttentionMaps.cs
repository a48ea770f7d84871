using PluginHost.Libs.Files;
using PluginHost.Libs.Tools.Bases;
using PluginHost.Plugins.Interpret.GGrams;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>Attention of sequences, spread to bases.</summary>
/// <param name="model">Shows its attention.</param>
/// <param name="options">Which stack, layer, head and tokens.</param>
/// <param name="probes">Whether sequences are not the user's, so that they need not have the base that is asked for.</param>
internal sealed class AttentionMaps(TrainedModel model, AttentionOptions options, bool probes = false)
{
    private readonly GGramReader? reader = options.Stack == AttentionStack.Ggrams ? new(model) : null;

    /// <summary>What is shown, in words.</summary>
    public string What => $"attention of {Who} in {(options.Layer is { } layer ? $"layer {layer}" : "the last layer")}"
        + (options.Stack == AttentionStack.Tokens ? ", " : $" of the stack '{options.Stack.Name()}', ")
        + (options.Head is { } head ? $"head {head}" : "summed over heads")
        + (options.Stack.NeedsDecoder() ? "; the decoder is given the sequence itself" : "");

    private string Who => options.Base is { } place ? $"the {options.Stack.Unit()}s over base {place}"
        : options.Stack != AttentionStack.Tokens ? $"all {options.Stack.Unit()}s (mean)"
        : model.Tokenizer.Vocabulary.Classification is not null ? "the classification token" : "all tokens of bases (mean)";

    /// <summary>Of each row of a batch, by head and base: axes H, bases; NaN where nothing that is attended to covers a base.</summary>
    /// <exception cref="UsageException">The architecture shows no such attention, or has no such layer or head.</exception>
    public IReadOnlyList<float[][]> Of(Batch batch)
    {
        var axes = batch.Encodings.Select(e => StackAxes.Of(options.Stack, e, reader)).ToList();
        var from = axes.Select((of, b) => From(of, batch.Encodings[b], batch.Samples[b])).ToList();
        using var target = options.Stack.NeedsDecoder() && model.Backbone.Streams.Contains(StreamKey.Decoder)
            ? DecoderInput.Add(batch, model.Tokenizer.Vocabulary.Pad ?? 0) : null;
        var shares = AttentionFrom.Read(model, target ?? batch, options.Layer, from, options.Stack.Name());
        if (options.Head > shares[0].GetLength(0))
            throw new UsageException($"--head {options.Head}: {model.Name} has {Wording.Counted(shares[0].GetLength(0), "head")} a layer.");
        return [.. shares.Select((held, b) => Spread(held, axes[b].To, batch.Samples[b].Sequence.Length))];
    }

    /// <summary>One number a base: the chosen head's, or the sum over heads.</summary>
    public float[] Joined(float[][] heads) => options.Head is { } head ? heads[head - 1]
        : [.. Enumerable.Range(0, heads[0].Length).Select(i => heads.Sum(h => h[i]))];

    private static float[][] Spread(float[,] shares_HS, IReadOnlyList<PlacedSpan> to, int length)
    {
        var heads = new float[shares_HS.GetLength(0)][];
        BaseSpan[] spans = [.. to.Select(t => t.Bases)];
        var values = new float[spans.Length];
        for (var h = 0; h < heads.Length; h++)
        {
            for (var t = 0; t < values.Length; t++) values[t] = shares_HS[h, to[t].Place];
            heads[h] = BaseSpread.Mean(spans, values, length);
        }
        return heads;
    }

    private IReadOnlyList<int> From(StackAxes axes, EncodedSequence encoding, Sample sample)
    {
        if (options.Base is not { } place)
            return options.Stack == AttentionStack.Tokens ? AttentionScores.Attending(model, encoding)
                : [.. axes.From.Select(f => f.Place).Distinct()];
        List<int> over = [.. axes.From.Where(f => f.Bases.Overlaps(new(place, place + 1))).Select(f => f.Place).Distinct()];
        // A base without a G-gram is nothing unusual: its sequence has no map.
        return over.Count > 0 || probes || (options.Stack == AttentionStack.Ggrams && place < sample.Sequence.Length) ? over
            : throw new DataException($"--base {place}: {sample.Where} has no {options.Stack.Unit()} over it; its "
                + $"{sample.Sequence.Length:N0} bases are counted from 0.");
    }
}
