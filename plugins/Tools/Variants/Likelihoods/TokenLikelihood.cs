namespace PluginHost.Plugins.Variants.Likelihoods;

using static TorchSharp.torch;

/// <summary>Likelihoods of tokens by a model with a head of tokens: masked, or from left to right. In nats.</summary>
/// <param name="model">Trained by an objective of tokens.</param>
/// <param name="batchTokens">Padded tokens computed at once.</param>
internal sealed class TokenLikelihood(TrainedModel model, int batchTokens = 8192)
{
    private const int MostAsked = 4096;
    private readonly int pad = model.Tokenizer.Vocabulary.Pad ?? 0;

    /// <summary>Whether it predicts tokens of the sequence at their own places.</summary>
    public bool IsOffered => Role is not null;

    /// <summary>Whether no token sees a later one.</summary>
    public bool IsCausal => model.Backbone.Shape.Causal;

    private string? Role => model.Heads.FirstOrDefault(h => h.Value.Predicts == "M V").Key;

    /// <summary>The tokens of a sequence, special ones included.</summary>
    /// <exception cref="UsageException">It has more than the model takes.</exception>
    public EncodedSequence Encode(string sequence)
    {
        var encoding = model.Tokenizer.Encode(new("window", sequence),
            new EncodeContext(model.Backbone.Shape.MaxTokens ?? int.MaxValue) { Scoring = true });
        return encoding.DroppedBases == 0 ? encoding : throw new UsageException(
            $"--window: {sequence.Length:N0} bases have more tokens than the {model.Backbone.Shape.MaxTokens} that {model.Name} takes; "
                + "give fewer.");
    }

    /// <summary>Sums of ln p of the asked tokens, the hidden ones masked: by place in the list.</summary>
    public double[] Masked(IReadOnlyList<HiddenTokens> rows, CancellationToken cancellation)
    {
        var mask = model.Tokenizer.Vocabulary.Mask!.Value;
        return Sums(rows, (row, t) => t, row =>
        {
            var ids = (int[])row.Encoding.Ids.Clone();
            foreach (var t in row.Hidden) ids[t] = mask;
            return row.Encoding.WithIds(ids);
        }, cancellation);
    }

    /// <summary>Sums of ln p of each token that stands for bases, given those before it: by place in the list.</summary>
    /// <remarks>A first token that none stands before is not counted.</remarks>
    public double[] Causal(IReadOnlyList<string> sequences, CancellationToken cancellation)
    {
        var rows = sequences.Select(s =>
        {
            var encoding = Encode(s);
            return new HiddenTokens(s, encoding, [],
                [.. Enumerable.Range(1, encoding.Ids.Length - 1).Where(t => encoding.Spans[t].Length > 0)]);
        }).ToList();
        return Sums(rows, (row, t) => t - 1, row => row.Encoding, cancellation);
    }

    private double[] Sums(IReadOnlyList<HiddenTokens> rows, Func<HiddenTokens, int, int> read, Func<HiddenTokens, EncodedSequence> show,
        CancellationToken cancellation)
    {
        var sums = new double[rows.Count];
        var order = Enumerable.Range(0, rows.Count).OrderBy(r => rows[r].Encoding.Ids.Length).ToArray();
        for (var first = 0; first < order.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var (count, asked) = (0, 0);
            for (; first + count < order.Length; count++)
            {
                var row = rows[order[first + count]];
                var full = (count + 1) * row.Encoding.Ids.Length > batchTokens || asked + row.Asked.Length > MostAsked;
                if (count > 0 && full) break;
                asked += row.Asked.Length;
            }
            Batch(order.AsSpan(first, count).ToArray(), rows, read, show, sums);
            first += count;
        }
        return sums;
    }

    private void Batch(int[] places, IReadOnlyList<HiddenTokens> rows, Func<HiddenTokens, int, int> read,
        Func<HiddenTokens, EncodedSequence> show, double[] sums)
    {
        var asked = places.SelectMany((place, b) => rows[place].Asked.Select(t => (Row: b, Place: place, Token: t))).ToArray();
        if (asked.Length == 0) return;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var made = Collation.Pad([.. places.Select(p => new Sample("window", rows[p].Sequence))], [.. places.Select(p => rows[p].Encoding)],
            pad, shown: [.. places.Select(p => show(rows[p]))]);
        var columns = made.Axis("T");
        made.Set(Keys.Positions, tensor(asked.Select(a => a.Row * columns + read(rows[a.Place], a.Token)).ToArray()));
        made.Set(Keys.PositionLabels, tensor(asked.Select(a => (long)rows[a.Place].Encoding.Ids[a.Token]).ToArray()));
        var batch = model.Place(made);
        var scores_MV = model.Predict(model.Forward(batch), batch)[Role!].to_type(ScalarType.Float32);
        var of_M = scores_MV.log_softmax(1).gather(1, batch[Keys.PositionLabels].unsqueeze(1)).squeeze(1).cpu().data<float>().ToArray();
        for (var m = 0; m < asked.Length; m++) sums[asked[m].Place] += of_M[m];
    }
}
