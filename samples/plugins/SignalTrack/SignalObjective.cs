using PluginHost;

namespace SignalTrack;

using static TorchSharp.torch;

/// <summary>
/// A number for every base of a sequence, by the mean squared error in units of the training bases' standard deviation. Bases that are
/// missing in the track, and those that no token covers, count nowhere.
/// </summary>
/// <remarks>Axes: B samples, T tokens, L bases.</remarks>
internal sealed class SignalObjective : IFittedObjective
{
    public const string Term = "signal";
    private const string Role = "signal";
    private readonly SignalOptions options;

    public SignalObjective(SignalOptions options)
    {
        this.options = options;
        Heads = [new(Role, new ComponentSpec("signal-head", new Dictionary<string, object?> { ["dropout"] = options.Dropout }))];
        Card = new()
        {
            Metrics = ["loss", "pearson", "spearman"], SelectionMetric = "loss", OutputNames = [options.Field],
            Baselines = [new MeanBaseline(this, width: 0), new MeanBaseline(this, width: 3)],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes { get; } = [Columns.Signal, Columns.Tokens];

    public ScoreCard Card { get; }

    public IReadOnlyDictionary<string, object?> Fit(IEnumerable<Sample> train)
    {
        var (count, sum, squares) = (0L, 0.0, 0.0);
        foreach (var value in train.SelectMany(Values).Where(float.IsFinite))
        {
            count++;
            sum += value;
            squares += (double)value * value;
        }
        if (count == 0) throw new DataException($"No base of the training split has a number in field '{options.Field}'.");
        var mean = options.Mean ?? sum / count;
        var deviation = Math.Sqrt(Math.Max(0, squares / count - mean * mean));
        return new Dictionary<string, object?> { ["mean"] = mean, ["deviation"] = options.Deviation ?? (deviation > 0 ? deviation : 1) };
    }

    public void Check(IEnumerable<Sample> samples)
    {
        foreach (var sample in samples) Values(sample);
    }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var encodings = samples.Select(context.Encode).ToList();
        var length = samples.Max(s => s.Sequence.Length);
        var (signal, tokens) = (new float[samples.Count * length], new long[samples.Count * length]);
        Array.Fill(signal, float.NaN);
        Array.Fill(tokens, -1);
        for (var b = 0; b < samples.Count; b++)
        {
            Columns.TokenOfBase(encodings[b], samples[b].Sequence.Length).CopyTo(tokens, b * length);
            if (context.Mode != CollateMode.Predict) Values(samples[b]).CopyTo(signal, b * length);
        }
        var batch = Collation.Pad(samples, encodings, context.Tokenizer.Vocabulary.Pad ?? 0)
            .Set(Columns.Signal, tensor(signal, [samples.Count, length]))
            .Set(Columns.Tokens, tensor(tokens, [samples.Count, length]));
        return context.Mode == CollateMode.Predict ? batch
            : batch.SetTargets(Term, signal.Zip(tokens).LongCount(b => float.IsFinite(b.First) && b.Second >= 0));
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var (signal_BL, tokens_BL) = (batch[Columns.Signal], batch[Columns.Tokens]);
        var known_BL = signal_BL.isfinite().logical_and(tokens_BL.ge(0));
        var error_N = (OfBases(predictions, batch) - (signal_BL - Mean) / Deviation).masked_select(known_BL);
        return [new(Term, error_N.square().sum().MoveToOuterDisposeScope(), batch.TargetCounts[Term])];
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var values = ScoredItems.Rows(OfBases(predictions, batch) * Deviation + Mean);
        return Score(batch, (row, place) => values[row, place]);
    }

    /// <summary>What anybody says of the bases of a batch, in the units of the track; baselines come through here too.</summary>
    public Scored Score(Batch batch, Func<int, int, float> value)
    {
        var (signal, tokens) = (ScoredItems.Rows(batch[Columns.Signal]), batch[Columns.Tokens].cpu().data<long>().ToArray());
        var predicts = !batch.TargetCounts.ContainsKey(Term);
        var (rows, spans, outputs, targets) = (new List<int>(), new List<BaseSpan>(), new List<float>(), new List<float>());
        for (var row = 0; row < signal.GetLength(0); row++)
            for (var place = 0; place < signal.GetLength(1); place++)
            {
                if (tokens[row * signal.GetLength(1) + place] < 0 || !(predicts || float.IsFinite(signal[row, place]))) continue;
                rows.Add(row);
                spans.Add(new BaseSpan(place, place + 1));
                outputs.Add(value(row, place));
                targets.Add(signal[row, place]);
            }
        var scored = ScoredItems.Values([.. rows.Select(row => batch.Samples[row].Id)], Column(outputs), Column(targets), Term,
            (output, target, _) => Math.Pow((output - target) / Deviation, 2));
        // A batch whose bases are all missing has a loss too: of none.
        return scored with { Rows = rows, Spans = spans, Losses = predicts || rows.Count > 0 ? scored.Losses : [new(Term, 0, 0, 1)] };
    }

    /// <summary>Predictions of tokens, taken to the bases: "B L", in standard deviations from the mean.</summary>
    private static Tensor OfBases(Predictions predictions, Batch batch) =>
        predictions[Role].to_type(ScalarType.Float32).gather(1, batch[Columns.Tokens].clamp_min(0));

    private double Mean => options.Mean ?? 0;

    private double Deviation => options.Deviation ?? 1;

    private float[] Values(Sample sample) => sample.Vector(options.Field) is var values && values.Length == sample.Sequence.Length
        ? values
        : throw new DataException($"{sample.Where}: field '{options.Field}' has {values.Length} numbers for "
            + $"{sample.Sequence.Length} bases.");

    private static float[,] Column(List<float> values)
    {
        var column = new float[values.Count, 1];
        for (var n = 0; n < values.Count; n++) column[n, 0] = values[n];
        return column;
    }
}
