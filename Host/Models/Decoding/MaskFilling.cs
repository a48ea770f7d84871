namespace PluginHost.Host.Models.Decoding;

using static TorchSharp.torch;

/// <summary>
/// Lets a masked model write: places are filled in an order drawn for each row, a few in a pass, each from what the model says given all
/// that is there by then. Few come in early passes, as little is known then, by the cosine schedule of Chang et al. 2022 (MaskGIT);
/// the method as a whole is this project's own, none of the papers writes with a masked model.
/// </summary>
/// <remarks>Axes: B rows, T tokens, Q places asked for, V vocabulary.</remarks>
internal sealed class MaskFilling(TrainedModel model, Head head, IDecoder decoder, DecodeLimits limits)
{
    private readonly Vocabulary vocabulary = model.Tokenizer.Vocabulary;

    /// <inheritdoc cref="TrainedModel.Decode"/>
    /// <exception cref="UsageException">The model has no masks or no head for them, or the decoder searches.</exception>
    public static IReadOnlyList<DecodedSequence> Run(
        TrainedModel model, Batch prompts, IDecoder decoder, DecodeLimits limits, CancellationToken cancellation)
    {
        var architecture = model.Backbone.GetName();
        if (model.Tokenizer.Vocabulary.Mask is null || model.Backbone.Shape.Causal)
            throw new UsageException($"{model.Name}: the architecture '{architecture}' cannot write token by token, and the tokenizer "
                + "has no mask to fill in.");
        if (decoder.Searches)
            throw new UsageException($"{model.Name}: '{architecture}' fills in masks, which beams cannot search; use a decoder that "
                + "chooses token by token, such as sample or greedy, or a model that writes from left to right.");
        var head = model.Heads.Values.FirstOrDefault(h => h.Predicts.Split(' ')[^1] == "V" && h.Reads.All(s => s == StreamKey.Hidden))
            ?? throw new UsageException($"{model.Name}: it has no head that predicts tokens; use a model that was pretrained to predict "
                + "them.");
        return new MaskFilling(model, head, decoder, limits).Run(prompts, cancellation);
    }

    private IReadOnlyList<DecodedSequence> Run(Batch prompts, CancellationToken cancellation)
    {
        var texts = new TokenBases(model.Tokenizer);
        var ids_BT = prompts[Keys.InputIds];
        var (rows, columns) = ((int)ids_BT.shape[0], (int)ids_BT.shape[1]);
        var ids = ids_BT.cpu().data<long>().ToArray();
        List<MaskedRow> open = [.. Enumerable.Range(0, rows).Select(row => new MaskedRow(row, ids.AsSpan(row * columns, columns),
            row < prompts.Encodings.Count ? prompts.Encodings[row].Spans : [], texts, limits))];
        for (var pass = 1; open.Any(r => r.Open > 0); pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var asked = open.SelectMany(r => r.Next(pass).Select(place => (Row: r, Place: place))).ToList();
            // Neighbours may have filled all of a pass.
            if (asked.Count == 0) continue;
            var said = Ask(prompts, ids, [.. asked.Select(a => (long)a.Row.Row * columns + a.Place)], [rows, columns]);
            var width = said.Length / asked.Count;
            for (var q = 0; q < asked.Count; q++)
            {
                var (row, place) = asked[q];
                if (row.IsFilled(place)) continue;
                var step = new PlaceStep(said.AsMemory(q * width, width), row.Allowed(place));
                row.Fill(place, step.IsOpen ? Draw(step, row.Row, place) : null);
            }
            foreach (var row in open) row.Write(ids.AsSpan(row.Row * columns, columns));
        }
        return [.. open.Select(r => r.Finish())];
    }

    private DecodedSequence Draw(PlaceStep step, int row, int place)
    {
        // Each place is drawn once: its number is its stream of random numbers.
        var drawn = limits with
        {
            MaxTokens = 1,
            Stop = [],
            Rule = null,
            FirstRow = ((long)limits.Number(row) << 24) + place,
            Numbers = null
        };
        var decoding = decoder.Begin(new DecodeContext(1, vocabulary, drawn));
        decoding.Choose(step);
        return decoding.Finish()[0];
    }

    private float[] Ask(Batch prompts, long[] ids, long[] places, long[] shape)
    {
        var shown = prompts.With(Keys.InputIds, tensor(ids, shape, device: model.Device));
        shown.Set(Keys.Positions, tensor(places, device: model.Device));
        // What tells of tokens besides their ids tells of those that stood where the masks are.
        foreach (var key in model.Tokenizer.Revealing.Where(key => shown.TryGet(key, out _))) shown.Set(key, zeros_like(shown[key]));
        var output = model.Backbone.Forward(shown, Capture.None);
        return head.Forward(output, shown).to_type(ScalarType.Float32).log_softmax(-1).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>What the model says at one place.</summary>
    private sealed class PlaceStep : DecodeStep
    {
        private readonly ReadOnlyMemory<float> logProbabilities;

        public PlaceStep(Memory<float> said, bool[] allowed)
        {
            for (var id = 0; id < said.Length; id++)
                if (id >= allowed.Length || !allowed[id]) said.Span[id] = float.NegativeInfinity;
            logProbabilities = said;
            IsOpen = allowed.Contains(true);
        }

        public bool IsOpen { get; }

        public override int Count => 1;

        public override ReadOnlySpan<float> LogProbabilities(int sequence) => logProbabilities.Span;

        public override DecodeEnd? Ends(int sequence, int token) => DecodeEnd.Limit;
    }
}
