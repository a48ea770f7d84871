namespace PluginHost.Plugins.SpanCorruption;

/// <summary>A corrupted sequence: what the encoder reads and what the decoder is asked for.</summary>
/// <param name="Input">Visible tokens with a sentinel for each span, then the end token.</param>
/// <param name="Target">For each span its sentinel and its tokens, then the end token.</param>
internal sealed record Corruption(int[] Input, int[] Target)
{
    /// <summary>Hides spans of a sequence.</summary>
    public static Corruption Of(ReadOnlySpan<int> tokens, IReadOnlyList<BaseSpan> spans, Sentinels sentinels)
    {
        List<int> input = new(tokens.Length + 1), target = [];
        var at = 0;
        for (var i = 0; i < spans.Count; i++)
        {
            input.AddRange(tokens[at..spans[i].Start]);
            input.Add(sentinels.Ids[i]);
            target.Add(sentinels.Ids[i]);
            target.AddRange(tokens[spans[i].Start..spans[i].End]);
            at = spans[i].End;
        }
        input.AddRange(tokens[at..]);
        if (sentinels.End is { } end)
        {
            input.Add(end);
            target.Add(end);
        }
        return new([.. input], [.. target]);
    }

    /// <summary>The spans' tokens in order, without sentinels.</summary>
    public IReadOnlyList<int[]> Spans(Sentinels sentinels)
    {
        List<int[]> spans = [];
        List<int> current = [];
        foreach (var id in Target.Skip(1).Append(sentinels.End ?? sentinels.Ids[0]))
        {
            if (sentinels.IndexOf(id) < 0 && id != sentinels.End)
            {
                current.Add(id);
                continue;
            }
            if (current.Count > 0) spans.Add([.. current]);
            current.Clear();
        }
        return spans;
    }

    /// <summary>The sequence before corruption.</summary>
    public int[] Restore(Sentinels sentinels)
    {
        var spans = Spans(sentinels);
        List<int> tokens = [];
        foreach (var id in Input)
        {
            var span = sentinels.IndexOf(id);
            if (span >= 0) tokens.AddRange(spans[span]);
            else if (id != sentinels.End) tokens.Add(id);
        }
        return [.. tokens];
    }

    /// <summary>The corrupted sequences of a batch, read back from its columns.</summary>
    public static IEnumerable<Corruption> Read(Batch batch)
    {
        var (length, targets) = ((int)batch.Axis("T"), (int)batch.Axis("U"));
        var ids = batch[Keys.InputIds].cpu().contiguous().data<long>().ToArray();
        var real = batch[Keys.AttentionMask].cpu().contiguous().data<bool>().ToArray();
        var labels = batch[Keys.DecoderLabels].cpu().contiguous().data<long>().ToArray();
        for (var b = 0; b < batch.Samples.Count; b++)
            yield return new(
                [.. Enumerable.Range(b * length, length).Where(i => real[i]).Select(i => (int)ids[i])],
                [.. Enumerable.Range(b * targets, targets).Where(i => labels[i] != Keys.Ignore).Select(i => (int)labels[i])]);
    }
}
