namespace PluginHost.Plugins.Seq2Seq;

using static TorchSharp.torch;

/// <summary>
/// The encoder reads the source; the decoder reads the target shifted right, from padding on, and is asked for the target and its end
/// (Raffel et al. 2020).
/// </summary>
/// <param name="marks">Of the vocabulary.</param>
/// <param name="mostTarget">Most target tokens, the end included; null for no limit.</param>
internal sealed class EncoderDecoderLayout(PairMarks marks, int? mostTarget) : IPairLayout
{
    public ComponentSpec Head { get; } = new("decoder-head");

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.DecoderIds, Keys.DecoderLabels];

    public BatchKey Labels => Keys.DecoderLabels;

    public bool SpecialTokens => true;

    public void Check(Sample sample, Pair pair)
    {
        if (marks.Ended(pair.Target).Length is var length && length > mostTarget)
            throw new DataException($"{sample.Where}: the target has {length:N0} tokens, more than the {mostTarget:N0} the decoder takes; "
                + "raise the architecture's maxTargetTokens, or use shorter sequences.");
    }

    public Batch Teach(IReadOnlyList<Sample> samples, IReadOnlyList<Pair> pairs)
    {
        var targets = pairs.Select(p => marks.Ended(p.Target)).ToList();
        var length = Math.Max(1, targets.Max(t => t.Length));
        var ids = new long[pairs.Count * length];
        var labels = new long[ids.Length];
        Array.Fill(ids, marks.Pad);
        Array.Fill(labels, Keys.Ignore);
        for (var b = 0; b < targets.Count; b++)
            for (var u = 0; u < targets[b].Length; u++)
            {
                if (u > 0) ids[b * length + u] = pairs[b].Read[u - 1];
                labels[b * length + u] = targets[b][u];
            }
        var batch = Collation.Pad(samples, [.. pairs.Select(p => p.Source)], marks.Pad);
        (batch.RealTokens, batch.Tokens) = (batch.RealTokens + targets.Sum(t => t.Length), batch.Tokens + ids.Length);
        return batch
            .Set(Keys.DecoderIds, tensor(ids, [pairs.Count, length]))
            .Set(Keys.DecoderLabels, tensor(labels, [pairs.Count, length]));
    }

    public Batch Prompt(IReadOnlyList<Sample> samples, IReadOnlyList<EncodedSequence> sources) =>
        Collation.Pad(samples, sources, marks.Pad)
            .Set(Keys.DecoderIds, full([samples.Count, 1], (long)marks.Pad, ScalarType.Int64))
            .Set(Keys.DecoderLabels, full([samples.Count, 1], Keys.Ignore, ScalarType.Int64));

    public int[] Rows(Batch batch)
    {
        var shape = batch[Keys.DecoderLabels].shape;
        return [.. Enumerable.Range(0, (int)(shape[0] * shape[1])).Select(i => i / (int)shape[1])];
    }
}
