namespace PluginHost.Host.Models;

using static TorchSharp.torch;

/// <summary>
/// Lets a model write token by token, keeping what attention needs of the tokens before. Axes: N sequences that go on, T columns, V
/// vocabulary.
/// </summary>
internal static class CachedDecoding
{
    /// <inheritdoc cref="TrainedModel.Decode"/>
    public static IReadOnlyList<DecodedSequence> Run(
        TrainedModel model, Batch prompts, IDecoder decoder, DecodeLimits limits, CancellationToken cancellation)
    {
        if (model.Backbone is not IIncremental incremental)
            throw new UsageException($"{model.Name}: the architecture {model.Backbone.GetName()} cannot write token by token.");
        var head = model.Heads.Values.FirstOrDefault(h => h.Reads.Contains(incremental.Generates) && h.Predicts.Split(' ')[^1] == "V")
            ?? throw new UsageException($"{model.Name}: it has no head that predicts tokens from '{incremental.Generates.Name}'; use a "
                + "model that was pretrained to predict them.");
        var rows = (int)prompts.Axis("B");
        var decoding = decoder.Begin(new DecodeContext(rows, model.Tokenizer.Vocabulary, limits));
        using var state = incremental.Start(prompts);
        var room = (incremental.MaxGrown ?? int.MaxValue) - (incremental.Grows == Keys.InputIds ? (int)prompts.Axis("T") : 0);
        var next = incremental.Grows == Keys.InputIds ? prompts : First(model, incremental.Grows, rows);
        try
        {
            for (var written = 0; written < Math.Min(limits.MaxTokens, room); written++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var chosen = decoding.Choose(Last(head.Forward(incremental.Continue(next, state), next), next, incremental.Grows));
                if (chosen.Count == 0) break;
                state.Reorder(tensor(chosen.Select(c => (long)c.Continues).ToArray(), device: model.Device));
                if (next != prompts) next.Dispose();
                next = Column(model, incremental.Grows, chosen);
            }
        }
        finally
        {
            if (next != prompts) next.Dispose();
        }
        return decoding.Finish();
    }

    /// <summary>Log-probabilities at the last real column of each row.</summary>
    private static Tensor Last(Tensor logits_NTV, Batch batch, BatchKey grows)
    {
        var mask = grows == Keys.InputIds ? Keys.AttentionMask : Keys.DecoderMask;
        var last_NV = logits_NTV.shape[1] > 1 && batch.TryGet(mask, out var real_NT)
            ? logits_NTV.gather(1, (real_NT.sum(1) - 1).view(-1, 1, 1).expand(-1, 1, logits_NTV.shape[2])).squeeze(1)
            : logits_NTV.select(1, -1);
        return last_NV.to_type(ScalarType.Float32).log_softmax(1).cpu();
    }

    private static Batch First(TrainedModel model, BatchKey grows, int rows) =>
        Column(model, grows, [.. Enumerable.Repeat(new DecodeChoice(0, model.Tokenizer.Vocabulary.Pad ?? 0), rows)]);

    /// <summary>One column of tokens; the tokenizer's other columns along the sequence, such as values of numbers, are zero.</summary>
    private static Batch Column(TrainedModel model, BatchKey grows, IReadOnlyList<DecodeChoice> chosen)
    {
        var batch = new Batch([], []) { Tokens = chosen.Count, RealTokens = chosen.Count };
        using var scope = NewDisposeScope();
        batch.Set(grows, tensor(chosen.Select(c => (long)c.Token).ToArray(), [chosen.Count, 1], device: model.Device)
            .MoveToOuterDisposeScope().DetachFromDisposeScope());
        foreach (var key in model.Backbone.Reads.Where(k => k != grows && k != Keys.AttentionMask && k.Axes == grows.Axes))
            batch.Set(key, zeros([chosen.Count, 1], key.Type, model.Device).DetachFromDisposeScope());
        return batch;
    }
}
