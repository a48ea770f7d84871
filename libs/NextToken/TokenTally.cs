namespace PluginHost.Libs.NextToken;

/// <summary>Scored next tokens of one batch: loss a token, and bits a base over the tokens that stand for bases.</summary>
public sealed class TokenTally
{
    /// <summary>Name of the loss term.</summary>
    public const string Term = "next-token";

    /// <summary>Name of the figure that compares tokenizers: cross-entropy in bits over bases.</summary>
    public const string BitsPerBase = "bits-per-base";

    private readonly List<int> labels = [];
    private readonly List<int> predicted = [];
    private double sum;
    private double sumOfWords;
    private long bases;

    /// <summary>True ids, in the order added.</summary>
    public int[] Labels => [.. labels];

    /// <summary>Predicted ids, in the order added.</summary>
    public int[] Predicted => [.. predicted];

    /// <summary>Adds a token.</summary>
    /// <param name="token">What was asked for.</param>
    /// <param name="prediction">The id predicted.</param>
    /// <param name="loss">In nats.</param>
    public void Add(AskedToken token, int prediction, double loss)
    {
        labels.Add(token.Label);
        predicted.Add(prediction);
        sum += loss;
        var added = token.New.Length;
        if (added == 0) return;
        sumOfWords += loss;
        bases += added;
    }

    /// <summary>The losses as metrics take them.</summary>
    public IEnumerable<ScoredLoss> Losses()
    {
        yield return new(Term, sum, labels.Count, 1);
        yield return new(BitsPerBase, sumOfWords / Math.Log(2), bases, 0);
    }
}
