namespace PluginHost;

/// <summary>
/// An objective of models that write: they are also judged by what they write themselves, not only by the next token given the true ones
/// before it. The batches of <see cref="CollateMode.Predict"/> are the prompts (<see cref="TrainedModel.Decode"/>).
/// </summary>
public interface IWritingObjective : IObjective
{
    /// <summary>Tokens that end what is written; empty where nothing does.</summary>
    IReadOnlyCollection<int> Ends { get; }

    /// <summary>Most samples of a split, evenly spaced, that <see cref="ScoreWritten"/> is given at each evaluation; 0 for none.</summary>
    int WrittenSamples { get; }

    /// <summary>Lets a model write and compares that with the truth.</summary>
    /// <param name="model">Being trained, or trained.</param>
    /// <param name="samples">With their truths.</param>
    /// <param name="mostTokens">Most tokens to write for each, for a trial; null for as many as it takes.</param>
    /// <param name="cancellation">Stops between tokens.</param>
    /// <returns>
    /// Figures as <see cref="Scored.Losses"/> of weight 0, or whatever the objective's metrics read; <see cref="Scored.Labels"/> and
    /// <see cref="Scored.Predicted"/> may be empty, not null.
    /// </returns>
    Scored ScoreWritten(TrainedModel model, IReadOnlyList<Sample> samples, int? mostTokens, CancellationToken cancellation);
}
