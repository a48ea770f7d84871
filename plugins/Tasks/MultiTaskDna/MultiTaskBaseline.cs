using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>
/// A token model for next tokens, chance for order, the training mean for GC content; scored on exactly what the model is scored on.
/// </summary>
/// <param name="name">In tables.</param>
/// <param name="options">Weights of the terms.</param>
/// <param name="make">Makes an unfitted token model.</param>
internal sealed class MultiTaskBaseline(string name, MultiTaskDnaOptions options, Func<Vocabulary, ITokenModel> make) : IBaseline
{
    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var mean = GcContents.Mean(context, options);
        var model = new TokenBaseline(name, make).Fitted(context);
        foreach (var batch in context.EvaluateBatches())
        {
            var figures = new MultiTaskFigures(options);
            foreach (var token in AskedToken.Of(batch))
            {
                var (loss, best) = model.Predict(token);
                figures.Tokens.Add(token, best, loss);
            }
            foreach (var (_, isFlipped) in OrderAnswers.Of(batch, context.Tokenizer.Vocabulary, options))
            {
                // The probability of a flip is known, and nothing else: at 0.5 that is chance.
                var p = isFlipped ? options.FlipProbability : 1 - options.FlipProbability;
                figures.AddOrder(-Math.Log(p), p > 0.5 ? 1 : p < 0.5 ? 0 : 0.5);
            }
            foreach (var target in GcContents.Of(batch, options)) figures.AddGc(mean, target);
            yield return figures.ToScored();
        }
    }
}
