namespace PluginHost.Plugins.Variants.Likelihoods;

using static TorchSharp.torch;

/// <summary>
/// Likelihoods of a stretch that is hidden from the encoder, by the decoder's filling it in: what span corruption trains (Raffel et al.
/// 2020, 3.1.4; ENBED). In nats.
/// </summary>
/// <param name="model">An encoder-decoder.</param>
/// <param name="batchTokens">Padded tokens of the encoder computed at once.</param>
internal sealed class SpanLikelihood(TrainedModel model, int batchTokens = 8192)
{
    private const int MostSpans = 1024;
    private readonly Vocabulary vocabulary = model.Tokenizer.Vocabulary;
    private readonly TokenHead head = new(model, "B U V");

    /// <summary>Whether it has a decoder that predicts tokens.</summary>
    public bool IsOffered => head.IsThere;

    /// <summary>What stands for a hidden stretch; null where the vocabulary has none.</summary>
    public int? Sentinel { get; } = model.Tokenizer.Vocabulary.Find("<extra_id_0>");

    /// <summary>Hides tokens of a window.</summary>
    /// <param name="encoding">Of the window; special tokens are left out, as in training.</param>
    /// <param name="hides">Whether the token with this span is hidden; those that are lie side by side.</param>
    public FilledSpan Hide(EncodedSequence encoding, Func<BaseSpan, bool> hides)
    {
        List<int> input = [], target = [Sentinel!.Value];
        for (var t = 0; t < encoding.Ids.Length; t++)
        {
            if (encoding.Spans[t].Length == 0) continue;
            if (!hides(encoding.Spans[t])) input.Add(encoding.Ids[t]);
            else
            {
                if (target.Count == 1) input.Add(Sentinel.Value);
                target.Add(encoding.Ids[t]);
            }
        }
        if (vocabulary.Separator is { } end)
        {
            input.Add(end);
            target.Add(end);
        }
        return new([.. input], [.. target]);
    }

    /// <summary>
    /// Sums of ln p of each target's tokens behind the sentinel, the end included: by place in the list. The encoder runs once over each
    /// input.
    /// </summary>
    public double[] Of(IReadOnlyList<FilledSpan> spans, CancellationToken cancellation)
    {
        var sums = new double[spans.Count];
        var inputs = Enumerable.Range(0, spans.Count).GroupBy(s => string.Join(' ', spans[s].Input), StringComparer.Ordinal)
            .Select(g => g.ToArray()).ToList();
        foreach (var full in WindowTokens.Batches([.. inputs.Select(g => spans[g[0]].Input.Length)], batchTokens))
            foreach (var some in full.Chunk(MostSpans))
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                using var still = no_grad();
                Batch([.. some.Select(i => inputs[i])], spans, sums);
            }
        return sums;
    }

    private void Batch(int[][] inputs, IReadOnlyList<FilledSpan> spans, double[] sums)
    {
        var asked = inputs.SelectMany((group, row) => group.Select(span => (Row: row, Span: span))).ToArray();
        var incremental = model.Backbone as IIncremental is { } grows && grows.Grows == Keys.DecoderIds ? grows : null;
        // One that cannot go on from an encoded input reads it again for each span.
        var read = Encoder([.. incremental is null ? asked.Select(a => spans[a.Span].Input) : inputs.Select(g => spans[g[0]].Input)]);
        var decoder = Decoder([.. asked.Select(a => spans[a.Span].Target)], incremental is null ? read : new Batch([], []));
        float[] of_M;
        if (incremental is null)
        {
            var batch = model.Place(decoder);
            of_M = head.LogP(model.Forward(batch), batch);
        }
        else
        {
            model.Backbone.eval();
            using var state = incremental.Start(model.Place(read));
            state.Reorder(tensor(asked.Select(a => (long)a.Row).ToArray()).to(model.Device));
            var batch = model.Place(decoder);
            of_M = head.LogP(model.Continue(batch, state), batch);
        }
        var m = 0;
        foreach (var (_, span) in asked)
            for (var u = 1; u < spans[span].Target.Length; u++) sums[span] += of_M[m++];
    }

    private Batch Encoder(int[][] inputs) => Collation.Pad([.. inputs.Select(_ => new Sample("window", ""))], [], vocabulary.Pad!.Value,
        shown: [.. inputs.Select(i => new EncodedSequence(i, new BaseSpan[i.Length]))]);

    /// <summary>The targets shifted right, from padding on, and what is asked for of each.</summary>
    private Batch Decoder(int[][] targets, Batch batch)
    {
        var length = targets.Max(t => t.Length);
        var (ids, real) = (new long[targets.Length * length], new bool[targets.Length * length]);
        Array.Fill(ids, vocabulary.Pad!.Value);
        for (var b = 0; b < targets.Length; b++)
            for (var u = 0; u < targets[b].Length; u++)
            {
                if (u > 0) ids[b * length + u] = targets[b][u - 1];
                real[b * length + u] = true;
            }
        batch.Set(Keys.DecoderIds, tensor(ids, [targets.Length, length])).Set(Keys.DecoderMask, tensor(real, [targets.Length, length]));
        TokenHead.Ask(batch, targets.SelectMany((target, b) =>
            Enumerable.Range(1, target.Length - 1).Select(u => ((long)b * length + u, target[u]))));
        return batch;
    }
}
