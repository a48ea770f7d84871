namespace PluginHost.Libs.NextToken;

/// <summary>
/// A token model as the baseline of an objective: fitted on the training batches, scored on exactly the tokens the model is scored on.
/// </summary>
/// <param name="name">In tables.</param>
/// <param name="make">Makes an unfitted model for a vocabulary.</param>
public sealed class TokenBaseline(string name, Func<Vocabulary, ITokenModel> make) : IBaseline
{
    // Enough for every order that a table in memory can hold; more would only take time.
    private const long MostTrainingBases = 40_000_000;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var model = Fitted(context);
        foreach (var batch in context.EvaluateBatches())
        {
            var tally = Score(model, batch);
            yield return new() { Labels = tally.Labels, Predicted = tally.Predicted, Losses = [.. tally.Losses()] };
        }
    }

    /// <summary>The model, fitted on the first epoch's batches.</summary>
    public ITokenModel Fitted(BaselineContext context)
    {
        var model = make(context.Tokenizer.Vocabulary);
        model.Fit(Batches(context));
        return model;
    }

    /// <summary>Scores the tokens a batch asks for.</summary>
    public static TokenTally Score(ITokenModel model, Batch batch)
    {
        var tally = new TokenTally();
        foreach (var token in AskedToken.Of(batch))
        {
            var (loss, best) = model.Predict(token);
            tally.Add(token, best, loss);
        }
        return tally;
    }

    private static IEnumerable<IReadOnlyList<AskedToken>> Batches(BaselineContext context)
    {
        var bases = 0L;
        foreach (var batch in context.TrainBatches(int.MaxValue))
        {
            if (bases >= MostTrainingBases) yield break;
            bases += batch.Samples.Sum(s => (long)s.Sequence.Length);
            yield return [.. AskedToken.Of(batch)];
        }
    }
}
