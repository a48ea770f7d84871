namespace PluginHost.Plugins.Variants.Saturation.Likelihood;

using static TorchSharp.torch;

/// <summary>A sequence with some tokens masked, and the tokens that are asked for in their places.</summary>
/// <param name="Encoding">What the model sees.</param>
/// <param name="Hidden">Places of the masked tokens, axis H.</param>
internal sealed record MaskedPass(EncodedSequence Encoding, int[] Hidden)
{
    /// <summary>Tokens in the hidden places, axis H, and where the sum of their ln p goes.</summary>
    public List<(int[] Tokens, int Sum)> Asked { get; } = [];

    /// <summary>Masks tokens.</summary>
    public static MaskedPass Hide(EncodedSequence encoding, int[] hidden, int mask)
    {
        var ids = (int[])encoding.Ids.Clone();
        foreach (var t in hidden) ids[t] = mask;
        return new(encoding.WithIds(ids), hidden);
    }

    /// <summary>Whether another sees the same tokens.</summary>
    public bool SeesTheSame(MaskedPass other) =>
        Hidden.AsSpan().SequenceEqual(other.Hidden) && Encoding.Ids.AsSpan().SequenceEqual(other.Encoding.Ids);

    /// <summary>Runs the model over passes.</summary>
    /// <param name="model">A masked language model.</param>
    /// <param name="passes">Of one batch.</param>
    /// <param name="sums">Receives ln p, in nats.</param>
    public static void Run(TrainedModel model, IReadOnlyList<MaskedPass> passes, double[] sums)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var made = Collation.Pad([], [.. passes.Select(p => p.Encoding)], model.Tokenizer.Vocabulary.Pad ?? 0);
        var columns = made.Axis("T");
        made.Set(Keys.Positions, tensor(passes.SelectMany((p, b) => p.Hidden.Select(t => b * columns + t)).ToArray()));
        made.Set(Keys.PositionLabels, zeros_like(made[Keys.Positions]));
        var batch = model.Place(made);
        var scores_MV = model.Predict(model.Forward(batch), batch)[MutantTokens.Role(model)].to_type(ScalarType.Float32);
        List<long> rows = [], tokens = [];
        var first = 0;
        foreach (var pass in passes)
        {
            foreach (var (asked, _) in pass.Asked)
                for (var h = 0; h < asked.Length; h++)
                {
                    rows.Add(first + h);
                    tokens.Add(asked[h]);
                }
            first += pass.Hidden.Length;
        }
        var (width, all) = (scores_MV.shape[1], scores_MV.flatten());
        var places = tensor(rows.Zip(tokens, (r, t) => r * width + t).ToArray(), device: all.device);
        var norms = scores_MV.logsumexp(1).index_select(0, tensor(rows.ToArray(), device: all.device));
        var found = (all.index_select(0, places) - norms).cpu().data<float>().ToArray();
        var next = 0;
        foreach (var (asked, sum) in passes.SelectMany(p => p.Asked))
        {
            sums[sum] = found.AsSpan(next, asked.Length).ToArray().Sum(f => (double)f);
            next += asked.Length;
        }
    }
}
