namespace PluginHost.Host.Models.Decoding;

using static TorchSharp.torch;

/// <summary>Lets a model write token by token, keeping what attention needs of the tokens before.</summary>
/// <remarks>Axes: N sequences that go on, T columns, V vocabulary.</remarks>
internal static class CachedDecoding
{
    /// <inheritdoc cref="TrainedModel.Decode"/>
    public static IReadOnlyList<DecodedSequence> Run(
        TrainedModel model, IIncremental incremental, Batch prompts, IDecoder decoder, DecodeLimits limits, CancellationToken cancellation)
    {
        var head = Head(model, incremental);
        var goesOn = incremental.Grows == Keys.InputIds;
        var rows = (int)prompts.Axis("B");
        var context = new DecodeContext(rows, model.Tokenizer.Vocabulary, limits) { Room = Room(model, incremental, prompts, goesOn) };
        var sequences = new LiveSequences(context);
        var decoding = decoder.Begin(context);
        using var state = Start(incremental, prompts);
        var next = goesOn ? prompts : Column(model, incremental.Grows, Enumerable.Repeat(model.Tokenizer.Vocabulary.Pad ?? 0, rows));
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                sequences.Take(Next(head, incremental.Continue(next, state), next, incremental.Grows));
                var chosen = decoding.Choose(sequences);
                if (chosen.Count == 0) break;
                sequences.Follow(chosen);
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

    /// <summary>Tokens that each prompt leaves room for; null for no limit.</summary>
    private static int[]? Room(TrainedModel model, IIncremental incremental, Batch prompts, bool goesOn)
    {
        if (incremental.MaxGrown is not { } most) return null;
        using var scope = NewDisposeScope();
        var rows = (int)prompts.Axis("B");
        var lengths = !goesOn ? new long[rows]
            : prompts.TryGet(Keys.AttentionMask, out var mask_BT) ? mask_BT.sum(1).cpu().data<long>().ToArray()
            : [.. Enumerable.Repeat(prompts.Axis("T"), rows)];
        for (var row = 0; row < rows; row++)
            if (lengths[row] >= most)
                throw new UsageException($"{(row < prompts.Samples.Count ? prompts.Samples[row].Where : model.Name)}: a prompt of "
                    + $"{lengths[row]:N0} tokens leaves no room in the {most:N0} the model takes; shorten it.");
        return [.. lengths.Select(l => (int)(most - l))];
    }

    /// <summary>Log-probabilities after the last real column of each row, axes N and V.</summary>
    private static float[] Next(Head head, BackboneOutput output, Batch batch, BatchKey grows)
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
        return head.Forward(output, asked).to_type(ScalarType.Float32).log_softmax(-1).cpu().contiguous().data<float>().ToArray();
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
