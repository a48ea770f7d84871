namespace PluginHost;

/// <summary>
/// What a model is trained for: makes batches from raw samples, and losses and scores from predictions. Thread-safe in
/// <see cref="Collate"/>.
/// </summary>
public interface IObjective
{
    /// <summary>The heads it needs.</summary>
    IReadOnlyList<HeadRole> Heads { get; }

    /// <summary>The batch columns <see cref="Collate"/> writes beside the tokenizer's.</summary>
    IReadOnlyList<BatchKey> Writes { get; }

    /// <summary>How its results are judged and shown.</summary>
    ScoreCard Card { get; }

    /// <summary>
    /// How many tokens <see cref="Collate"/> makes of a sample: batches are packed by it. An objective that appends tokens, or reads a
    /// second sequence, says so here.
    /// </summary>
    /// <param name="sample">To count.</param>
    /// <param name="tokenizer">The pipeline's tokenizer.</param>
    /// <param name="context">The model's limit; see <see cref="ITokenizer.CountTokens"/>.</param>
    int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) => tokenizer.CountTokens(sample, context);

    /// <summary>
    /// Looks through all samples of a split that will be scored, before anything is trained on or scored: an unknown label, a missing
    /// number. Reads labels and other fields only, not sequences at length, so that it takes seconds.
    /// </summary>
    /// <param name="samples">In order; enumerate them once.</param>
    /// <exception cref="DataException">One lacks what scoring needs: names the first, and all labels that are unknown.</exception>
    void Check(IEnumerable<Sample> samples)
    {
    }

    /// <summary>
    /// Makes a batch of the tokenizer's columns and <see cref="Writes"/>, and declares its targets (<see cref="Batch.SetTargets"/>).
    /// </summary>
    /// <exception cref="DataException">A sample lacks what the objective needs.</exception>
    Batch Collate(IReadOnlyList<Sample> samples, CollateContext context);

    /// <summary>The loss terms, on the device.</summary>
    IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch);

    /// <summary>
    /// Predictions as plain arrays for metrics and tables. <see cref="Scored.Losses"/> and labels are left out when the batch has no
    /// labels.
    /// </summary>
    Scored Score(Predictions predictions, Batch batch);
}
