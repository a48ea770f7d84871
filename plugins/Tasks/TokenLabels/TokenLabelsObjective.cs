using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.TokenLabels;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// A class for every base, or for every token, along a sequence. Labels are written by base and meet tokens through the bases each covers,
/// so any
/// tokenizer will do; bases that no token covers (cut off, or between words) are left out.
/// </summary>
internal sealed class TokenLabelsObjective : IFittedObjective
{
    private const string Role = "token-class";
    private const string Term = "token-labels";
    private readonly TokenLabelsOptions options;
    private readonly BaseLabels labels;

    public TokenLabelsObjective(TokenLabelsOptions options)
    {
        this.options = options;
        labels = new BaseLabels(options);
        Heads = [new(Role, new ComponentSpec("token-labels-head", new Dictionary<string,
            object?> { ["classes"] = (long)options.Letters.Length, ["dropout"] = options.Dropout }))];
        Card = new()
        {
            Metrics = ["loss", "accuracy", "f1", "mcc", "auprc"],
            SelectionMetric = "mcc",
            OutputNames = options.Names.Length > 0 ? options.Names : [.. options.Letters.Select(l => l.ToString())],
            Baselines =
            [
                new ItemBaseline("majority class", () => new MajorityModel(options.Letters.Length), labels),
                new ItemBaseline("class frequency by position", () => new PositionModel(options.Letters.Length), labels),
                new ItemBaseline("weight array", () => new WeightArray(options.Letters.Length, options.BaselineFlank), labels),
            ],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes { get; } = [Columns.Tokens, Columns.Shares, Columns.Classes, Columns.Places];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "accuracy", "f1", "mcc", "auprc"];

    public ScoreCard Card { get; }

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IReadOnlyDictionary<string, object?> Fit(IEnumerable<Sample> train)
    {
        var fitted = new Dictionary<string, object?>();
        var counts = new Dictionary<char, long>();
        var seen = new TrainingLabels();
        foreach (var sample in options.Letters.Length > 0 ? Checked(train) : train)
        {
            var row = labels.Written(sample).Where(l => options.Unknown.Length == 0 || l != options.Unknown[0]).ToList();
            foreach (var letter in row) counts[letter] = counts.GetValueOrDefault(letter) + 1;
            foreach (var letter in row.Distinct()) seen.Add(letter.ToString(), sample);
        }
        if (options.Letters.Length == 0) seen.RefuseFaults();
        var letters = options.Letters.Length > 0 ? options.Letters
            : string.Concat(counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => c.Key));
        if (letters.Length < 2)
            throw new DataException($"Every labelled base of the training rows has the label '{letters}' in field '{options.Field}'; at "
                + "least two classes are needed.");
        Warnings = [.. seen.Rare([.. letters.Select(l => l.ToString())])];
        if (options.Letters.Length == 0) fitted["letters"] = letters;
        var untrained = string.Concat(letters.Where(l => !counts.ContainsKey(l)));
        if (untrained.Length > 0) fitted["untrained"] = untrained;
        if (options.Weighting == Weighting.Balanced && options.ClassWeights.Length == 0)
            fitted["classWeights"] = ClassCounts.Balanced([.. letters.Select(l => counts.GetValueOrDefault(l))]);
        return fitted;
    }

    /// <exception cref="UsageException">The classes are not known yet.</exception>
    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        if (options.Letters.Length == 0)
            throw new UsageException("token-labels does not know its classes yet; train it first, or give 'letters'.");
        var encodings = samples.Select(context.Encode).ToList();
        var batch = Collation.Pad(samples, encodings, context.Tokenizer.Vocabulary.Pad ?? 0);
        var items = new LabelledItems((int)batch.Axis("T"), options.Level, options.TokenClass);
        for (var b = 0; b < samples.Count; b++)
            items.Add(b, encodings[b], context.Mode == CollateMode.Predict ? null : labels.Read(samples[b]));
        return items.Write(batch).SetTargets(Term, items.Known);
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var logits_MC = predictions[Role].to_type(ScalarType.Float32);
        using var weight_C = options.ClassWeights.Length == 0
            ? null
            : tensor(options.ClassWeights.Select(w => (float)w).ToArray()).to(logits_MC.device);
        var sum = Extras.masked_cross_entropy(logits_MC, batch[Columns.Classes], Keys.Ignore, weight_C);
        return [new(Term, sum, batch.TargetCounts[Term])];
    }

    /// <summary>The loss scored is the plain cross-entropy, without class weights, so that it compares with the baselines'.</summary>
    public Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        return ItemScores.Of(batch, ScoredItems.Rows(predictions[Role].to_type(ScalarType.Float32).softmax(1)));
    }

    public void Check(IEnumerable<Sample> samples) => labels.Check(samples);

    private IReadOnlyList<Sample> Checked(IEnumerable<Sample> train)
    {
        IReadOnlyList<Sample> rows = [.. train];
        labels.Check(rows);
        return rows;
    }
}
