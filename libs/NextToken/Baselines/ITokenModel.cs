namespace PluginHost.Libs.NextToken;

/// <summary>A predictor of next tokens that is no neural network.</summary>
public interface ITokenModel
{
    /// <summary>Takes the tokens of training batches in; afterwards it predicts.</summary>
    void Fit(IEnumerable<IReadOnlyList<AskedToken>> batches);

    /// <summary>The loss of a token in nats, and the id it holds most probable there.</summary>
    (double Loss, int Best) Predict(AskedToken token);
}
