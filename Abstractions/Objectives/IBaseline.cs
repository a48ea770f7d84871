namespace PluginHost;

/// <summary>A trivial predictor that a result is printed beside.</summary>
public interface IBaseline
{
    /// <summary>Its name in tables: <c>majority</c>, <c>5-mer logistic regression</c>.</summary>
    string Name { get; }

    /// <summary>Fits on the training samples and scores the evaluation samples.</summary>
    /// <returns>Scored batches that the stage's metrics are computed on.</returns>
    IEnumerable<Scored> Measure(BaselineContext context);
}

/// <summary>What a baseline may use.</summary>
public abstract class BaselineContext
{
    /// <summary>The training samples, in order.</summary>
    public abstract IEnumerable<Sample> Train { get; }

    /// <summary>The samples to score, in order.</summary>
    public abstract IEnumerable<Sample> Evaluate { get; }

    /// <summary>The collated training batches, the draws of the first epoch; at most <paramref name="limit"/> of them.</summary>
    public abstract IEnumerable<Batch> TrainBatches(int limit);

    /// <summary>The very batches the model is scored on.</summary>
    public abstract IEnumerable<Batch> EvaluateBatches();

    /// <summary>The pipeline's tokenizer.</summary>
    public abstract ITokenizer Tokenizer { get; }

    /// <summary>The run's seed.</summary>
    public abstract ulong Seed { get; }
}
