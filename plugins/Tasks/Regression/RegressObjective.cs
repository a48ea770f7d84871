using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Regression;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Numbers of a sequence. The head predicts distances from the training means in training deviations, so that targets of any scale train
/// alike;
/// tables and figures have the targets' own units (after <see cref="RegressOptions.Transform"/>).
/// </summary>
internal sealed class RegressObjective : IFittedObjective
{
    private const string Role = "value";
    private readonly RegressOptions options;
    private readonly TargetReader targets;
    private readonly RegressionScores scores;
    private readonly SequenceInput input;

    public RegressObjective(RegressOptions options)
    {
        this.options = options;
        targets = new TargetReader(options, options.Targets);
        scores = new RegressionScores(options);
        input = new SequenceInput(options);
        Heads =
        [
            new(Role, new ComponentSpec("regression-head", options.HeadOptions(("outputs", options.TargetMeans.Length))))
            {
                Answer = options.TakesAnyHead ? AnswerKind.Number : AnswerKind.None, Outputs = options.TargetMeans.Length,
            },
        ];
        Card = new()
        {
            Metrics = ["loss", "r2", "pearson", "spearman", "mse"],
            OutputNames = options.Outputs,
            ProblemType = "regression",
            OutputUnits = [.. options.TargetDeviations.Zip(options.TargetMeans, (deviation, mean) => new OutputUnit(deviation, mean))],
            OutputNote = options.Transform == Transform.None ? "" : FormattableString.Invariant(
                $"Values are {options.Transform.ToString().ToLowerInvariant()}(target + {options.Pseudocount})."),
            Baselines = [new MeanBaseline(options, targets, scores), .. RidgeBaseline.For(options, targets, scores)],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes => [Keys.Targets, .. input.Writes];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "r2", "pearson", "spearman", "mse"];

    public ScoreCard Card { get; }

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IReadOnlyDictionary<string, object?> Fit(IEnumerable<Sample> train)
    {
        var fitted = new Dictionary<string, object?>();
        var features = FeatureScale.Fit(options);
        TargetReader? reader = null;
        Moments? moments = null;
        var first = "";
        float[] before = [];
        bool[] varies = [];
        foreach (var sample in train)
        {
            if (reader is null)
            {
                var fields = NumberFields.Resolve(options.Targets, sample, "targets");
                reader = new TargetReader(options, fields);
                fitted["targets"] = fields;
                if (options.Outputs.Length == 0) fitted["outputs"] = reader.Names(sample);
            }
            var row = reader.Read(sample);
            if (moments is null) (moments, first, before, varies) = (new Moments(row.Length), sample.Where, row, new bool[row.Length]);
            if (row.Length != moments.Width)
                throw new DataException(
                    $"{sample.Where}: there are {row.Length} targets, but {moments.Width} at {first}; give every row the same.");
            moments.Add(row);
            for (var c = 0; c < row.Length; c++) varies[c] |= row[c] != before[c];
            features?.Add(sample);
        }
        if (moments is null) return fitted;
        var names = options.Outputs.Length > 0 ? options.Outputs : (IReadOnlyList<string>)fitted["outputs"]!;
        Warnings = [.. names.Where((_, c) => c < varies.Length && !varies[c])
            .Select(n => $"Every training row has the same number as target '{n}', from which nothing can be learnt.")];
        if (options.TargetMeans.Length == 0) (fitted["targetMeans"], fitted["targetDeviations"]) = (moments.Means(), moments.Deviations());
        features?.Write(fitted);
        return fitted;
    }

    public void Check(IEnumerable<Sample> samples)
    {
        foreach (var sample in samples)
        {
            if (options.TargetMeans.Length > 0) Known(sample, options.TargetMeans.Length);
            input.Check(sample);
        }
    }

    public int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) => input.CountTokens(sample, tokenizer, context);

    /// <exception cref="UsageException">The targets' means are not known yet.</exception>
    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var width = options.TargetMeans.Length;
        if (width == 0)
            throw new UsageException(
                "regress does not know the means of its targets yet; train it first, or give 'targetMeans' and 'targetDeviations'.");
        var rows = samples.Select(s => context.Mode == CollateMode.Predict ? Unknown(width) : Known(s, width)).ToList();
        return input.Collate(samples, context)
            .Set(Keys.Targets, Arrays.Stack(rows, width))
            .SetTargets(RegressionScores.Term, rows.Sum(r => r.LongCount(v => !float.IsNaN(v))));
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var outputs_BC = predictions[Role].to_type(ScalarType.Float32);
        var (mean_C, deviation_C) = Scale(outputs_BC.device);
        var targets_BC = (batch[Keys.Targets] - mean_C) / deviation_C;
        var unknown_BC = targets_BC.isnan();
        // Where nothing is known the target is the prediction: no error, and no gradient.
        targets_BC = where(unknown_BC, outputs_BC.detach(), targets_BC);
        var sum = options.Loss switch
        {
            RegressionLoss.Absolute => functional.l1_loss(outputs_BC, targets_BC, Reduction.Sum),
            RegressionLoss.Huber => functional.huber_loss(outputs_BC, targets_BC, reduction: Reduction.Sum),
            _ => functional.mse_loss(outputs_BC, targets_BC, Reduction.Sum),
        };
        return [new(RegressionScores.Term, sum.MoveToOuterDisposeScope(), batch.TargetCounts[RegressionScores.Term])];
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var scaled_BC = predictions[Role].to_type(ScalarType.Float32).cpu();
        var (mean_C, deviation_C) = Scale(scaled_BC.device);
        return scores.Of([.. batch.Samples.Select(s => s.Id)], ScoredItems.Rows(scaled_BC * deviation_C + mean_C),
            ScoredItems.Rows(batch[Keys.Targets]));
    }

    private (Tensor Mean_C, Tensor Deviation_C) Scale(Device device) =>
        (tensor(options.TargetMeans.Select(m => (float)m).ToArray()).to(device),
            tensor(options.TargetDeviations.Select(d => (float)d).ToArray()).to(device));

    private static float[] Unknown(int width) => [.. Enumerable.Repeat(float.NaN, width)];

    private float[] Known(Sample sample, int width)
    {
        var row = targets.Read(sample);
        return row.Length == width ? row
            : throw new DataException($"{sample.Where}: there are {row.Length} targets, but {width} in the training data "
                + $"({string.Join(", ", options.Outputs.Take(8))}{(width > 8 ? ", ..." : "")}); give every row the same.");
    }
}
