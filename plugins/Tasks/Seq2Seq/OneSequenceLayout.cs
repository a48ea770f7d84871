using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.Seq2Seq;

using static TorchSharp.torch;

/// <summary>Source, separator, target and its end as one sequence of a causal model; only target and end are asked for.</summary>
/// <param name="marks">Of the vocabulary.</param>
/// <param name="mostTokens">Most tokens of the whole; null for no limit.</param>
internal sealed class OneSequenceLayout(PairMarks marks, int? mostTokens) : IPairLayout
{
    public ComponentSpec Head { get; } = new("token-head");

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.Positions, Keys.PositionLabels];

    public BatchKey Labels => Keys.PositionLabels;

    public bool SpecialTokens => false;

    public void Check(Sample sample, Pair pair)
    {
        if (pair.Source.Ids.Length + 1 + marks.Ended(pair.Target).Length is var length && length > mostTokens)
            throw new DataException($"{sample.Where}: source, separator and target have {length:N0} tokens, more than the model's "
                + $"{mostTokens:N0}; use a longer model or shorter sequences.");
    }

    public Batch Teach(IReadOnlyList<Sample> samples, IReadOnlyList<Pair> pairs)
    {
        var batch = Collation.Pad(samples, [.. pairs.Select(p => Joined(p.Source, marks.Ended(p.Target)))], marks.Pad,
            shown: [.. pairs.Select(p => Joined(p.Source, marks.Ended(p.Read)))]);
        var asked = new AskedTokens((int)batch.Axis("T"));
        for (var b = 0; b < pairs.Count; b++)
            asked.AskAll(b, batch.Encodings[b], t => t > pairs[b].Source.Ids.Length);
        return asked.Write(batch);
    }

    public Batch Prompt(IReadOnlyList<Sample> samples, IReadOnlyList<EncodedSequence> sources)
    {
        var batch = Collation.Pad(samples, [.. sources.Select(s => Joined(s, []))], marks.Pad);
        var asked = new AskedTokens((int)batch.Axis("T"));
        for (var b = 0; b < sources.Count; b++) asked.Ask(b, sources[b].Ids.Length, Keys.Ignore);
        return asked.Write(batch);
    }

    public int[] Rows(Batch batch)
    {
        var length = batch.Axis("T");
        return [.. batch[Keys.Positions].cpu().data<long>().ToArray().Select(p => (int)(p / length))];
    }

    /// <summary>One sequence; what the tokenizer attached to the source's tokens is 0 for those behind them.</summary>
    private EncodedSequence Joined(EncodedSequence source, int[] target)
    {
        int[] ids = [.. source.Ids, marks.Separator!.Value, .. target];
        var joined = new EncodedSequence(ids, [.. source.Spans, .. new BaseSpan[target.Length + 1]]) { DroppedBases = source.DroppedBases };
        foreach (var (key, values) in source.Attached)
        {
            if (key.AxisNames is not [_, "T"]) continue;
            var longer = Array.CreateInstance(values.GetType().GetElementType()!, ids.Length);
            Array.Copy(values, longer, values.Length);
            joined.With(key, longer);
        }
        return joined;
    }
}
