namespace PluginHost.Plugins.Interpret.Decoders;

using static TorchSharp.torch;

/// <summary>Finds or makes the target of each sequence, and gives them to a decoder.</summary>
/// <param name="model">Has a decoder.</param>
/// <param name="options">Which targets.</param>
/// <param name="file">Targets by the names of sequences, where they have a file of their own.</param>
/// <param name="greedy">Chooses the most probable token.</param>
internal sealed class Targets(TrainedModel model, DecoderOptions options, IReadOnlyDictionary<string, string>? file, IDecoder greedy)
{
    private readonly int pad = model.Tokenizer.Vocabulary.Pad ?? 0;

    /// <summary>Most tokens of a target.</summary>
    private int Most => model.Backbone is IIncremental { MaxGrown: { } most } ? most : int.MaxValue;

    /// <summary>The targets of a batch's rows.</summary>
    /// <exception cref="DataException">A sequence has none.</exception>
    public IReadOnlyList<Target> Of(Batch batch, CancellationToken cancellation)
    {
        if (file is null && options.Target == DecoderOptions.Written) return Written(batch, cancellation);
        return [.. batch.Samples.Select((sample, b) => file is null && options.Target == DecoderOptions.Itself
            ? Target.Of(batch.Encodings[b], sample.Sequence) : Given(sample))];
    }

    /// <summary>The batch with <see cref="Keys.DecoderIds"/>: the padding token, then each target but its last token.</summary>
    /// <remarks>It owns its columns.</remarks>
    public Batch Give(Batch batch, IReadOnlyList<Target> targets)
    {
        using var scope = NewDisposeScope();
        var length = Math.Max(1, targets.Max(t => t.Ids.Count));
        var ids = Enumerable.Repeat((long)pad, targets.Count * length).ToArray();
        for (var b = 0; b < targets.Count; b++)
            for (var u = 1; u < targets[b].Ids.Count; u++) ids[b * length + u] = targets[b].Ids[u - 1];
        var made = batch.With(Keys.DecoderIds, tensor(ids, [targets.Count, length]).to(batch[Keys.InputIds].device));
        foreach (var column in made.Columns) made[column].DetachFromDisposeScope();
        return made;
    }

    private IReadOnlyList<Target> Written(Batch batch, CancellationToken cancellation)
    {
        var limits = new DecodeLimits(Math.Min(options.MaxTokens ?? (int)batch.Axis("T"), Most))
        {
            Stop = model.Tokenizer.Vocabulary.Separator is { } end ? [end] : [],
        };
        return [.. model.Decode(batch, greedy, limits, cancellation).GroupBy(d => d.Row).OrderBy(g => g.Key)
            .Select(g => Target.Of(g.First().Tokens, model.Tokenizer))];
    }

    private Target Given(Sample sample)
    {
        string bases;
        if (file is not null)
            bases = file.TryGetValue(sample.Id, out var found) ? found : throw new DataException(
                $"{sample.Where}: {options.TargetFile} has no sequence called '{sample.Id}'; give each target its sequence's name.");
        else if (!sample.Fields.ContainsKey(options.Target))
            throw new DataException($"{sample.Where}: there is no field '{options.Target}' with a target; there "
                + $"{(sample.Fields.Count == 0 ? "are none" : $"are: {string.Join(", ", sample.Fields.Keys.Order())}")}. --target written "
                + "takes what the model writes, --target-file a file.");
        else bases = sample.Text(options.Target).ToUpperInvariant();
        return Target.Of(model.Tokenizer.Encode(sample with { Sequence = bases }, new EncodeContext(Most)), bases);
    }
}
