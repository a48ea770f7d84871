namespace PluginHost.Host.Models;

using static TorchSharp.torch;

/// <summary>Lets a model write token by token, keeping what attention needs of the tokens before.</summary>
/// <remarks>Axes: N sequences that go on, T columns, V vocabulary.</remarks>
internal static class CachedDecoding
{
    /// <inheritdoc cref="TrainedModel.Decode"/>
    public static IReadOnlyList<DecodedSequence> Run(
        TrainedModel model, Batch prompts, IDecoder decoder, DecodeLimits limits, CancellationToken cancellation)
    {
        if (model.Backbone is not IIncremental incremental)
            throw new UsageException($"{model.Name}: the architecture '{model.Backbone.GetName()}' cannot write token by token.");
        var head = Head(model, incremental);
        var goesOn = incremental.Grows == Keys.InputIds;
        var room = incremental.MaxGrown is { } most ? most - (goesOn ? (int)prompts.Axis("T") : 0) : int.MaxValue;
        if (room <= 0)
            throw new UsageException(
                $"{model.Name}: a prompt of {prompts.Axis("T"):N0} tokens leaves no room in the {incremental.MaxGrown:N0} the model takes; "
                + "shorten it.");
        var rows = (int)prompts.Axis("B");
        var decoding = decoder.Begin(new DecodeContext(rows, model.Tokenizer.Vocabulary, limits));
        using var state = Start(incremental, prompts);
        var next = goesOn ? prompts : Column(model, incremental.Grows, Enumerable.Repeat(model.Tokenizer.Vocabulary.Pad ?? 0, rows));
        try
        {
            for (var written = 0; written < Math.Min(limits.MaxTokens, room); written++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var chosen = decoding.Choose(Next(head, incremental.Continue(next, state), next, incremental.Grows));
                if (chosen.Count == 0) break;
                // Every row's past is copied to reorder it: not where nothing changes.
                if (chosen.Count != state.Rows || chosen.Where((c, n) => c.Continues != n).Any())
                    state.Reorder(tensor(chosen.Select(c => (long)c.Continues).ToArray(), device: model.Device));
                if (next != prompts) next.Dispose();
                next = Column(model, incremental.Grows, chosen.Select(c => c.Token));
            }
        }
        finally
        {
            if (next != prompts) next.Dispose();
        }
        return decoding.Finish();
    }

    private static DecodingState Start(IIncremental incremental, Batch prompts)
    {
        using var scope = NewDisposeScope();
        return incremental.Start(prompts);
    }

    /// <summary>The head that predicts tokens of what is written: without an encoder, a target's stream is the whole sequence's.</summary>
    private static Head Head(TrainedModel model, IIncremental incremental) =>
        model.Heads.Values.FirstOrDefault(
            h => h.Predicts.Split(' ')[^1] == "V" && h.Reads.All(s => s == incremental.Generates || s == StreamKey.Decoder))
        ?? throw new UsageException(
            $"{model.Name}: it has no head that predicts tokens from '{incremental.Generates.Name}'; use a model that was pretrained to "
            + "predict them.");

    /// <summary>Log-probabilities after the last real column of each row: "N V", on the CPU.</summary>
    private static Tensor Next(Head head, BackboneOutput output, Batch batch, BatchKey grows)
    {
        var (rows, columns) = (batch[grows].shape[0], batch[grows].shape[1]);
        var mask = grows == Keys.InputIds ? Keys.AttentionMask : Keys.DecoderMask;
        var last_N = columns > 1 && batch.TryGet(mask, out var real_NT)
            ? real_NT.sum(1) - 1
            : full([rows], columns - 1, ScalarType.Int64, batch[grows].device);
        // The head is asked for these places only: scores of a whole prompt may take more memory than the model.
        var asked = new Batch(batch.Samples, batch.Encodings);
        foreach (var key in batch.Columns.Where(k => k != Keys.Positions)) asked.Set(key, batch[key]);
        asked.Set(Keys.Positions, arange(rows, ScalarType.Int64, last_N.device) * columns + last_N);
        return head.Forward(output, asked).to_type(ScalarType.Float32).log_softmax(-1).cpu();
    }

    /// <summary>One column of tokens; the tokenizer's other columns along the sequence, such as values of numbers, are zero.</summary>
    /// <remarks>It outlives the step it was made in; its owner disposes of it.</remarks>
    private static Batch Column(TrainedModel model, BatchKey grows, IEnumerable<int> tokens)
    {
        var ids = tokens.Select(t => (long)t).ToArray();
        var batch = new Batch([], []) { Tokens = ids.Length, RealTokens = ids.Length };
        batch.Set(grows, tensor(ids, [ids.Length, 1], device: model.Device).DetachFromDisposeScope());
        foreach (var key in model.Backbone.Reads.Where(k => k != grows && k != Keys.AttentionMask && k.Axes == grows.Axes))
            batch.Set(key, zeros([ids.Length, 1], key.Type, model.Device).DetachFromDisposeScope());
        return batch;
    }
}
