namespace PluginHost;

/// <summary>What a model is trained for: makes batches from raw samples, and losses and scores from predictions. Thread-safe in <see cref="Collate"/>.</summary>
public interface IObjective
{
    /// <summary>The heads it needs.</summary>
    IReadOnlyList<HeadRole> Heads { get; }

    /// <summary>The batch columns <see cref="Collate"/> writes beside the tokenizer's.</summary>
    IReadOnlyList<BatchKey> Writes { get; }

    /// <summary>The metrics shown when the pipeline names none.</summary>
    IReadOnlyList<string> DefaultMetrics { get; }

    /// <summary>The metric models are chosen by when the pipeline names none.</summary>
    string SelectionMetric => "loss";

    /// <summary>Names of the classes or outputs, axis C; empty for token objectives.</summary>
    IReadOnlyList<string> OutputNames => [];

    /// <summary>How many tokens <see cref="Collate"/> makes of a sample: batches are packed by it. An objective that appends tokens, or reads a second sequence, says so here.</summary>
    /// <param name="sample">To count.</param>
    /// <param name="tokenizer">The pipeline's tokenizer.</param>
    /// <param name="context">The model's limit; see <see cref="ITokenizer.CountTokens"/>.</param>
    int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) => tokenizer.CountTokens(sample, context);

    /// <summary>Makes a batch of the tokenizer's columns and <see cref="Writes"/>, and declares its targets (<see cref="Batch.SetTargets"/>).</summary>
    /// <exception cref="DataException">A sample lacks what the objective needs.</exception>
    Batch Collate(IReadOnlyList<Sample> samples, CollateContext context);

    /// <summary>The loss terms, on the device.</summary>
    IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch);

    /// <summary>Predictions as plain arrays for metrics and tables. <see cref="Scored.Losses"/> and labels are left out when the batch has no labels.</summary>
    Scored Score(Predictions predictions, Batch batch);

    /// <summary>The trivial predictors its figures are printed beside.</summary>
    IReadOnlyList<IBaseline> Baselines => [];
}
