using PluginHost.Plugins.NextToken;

namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>A token model for next tokens, chance for order, the training mean for GC content; scored on exactly what the model is scored on.</summary>
/// <param name="name">In tables.</param>
/// <param name="options">Weights of the terms.</param>
/// <param name="make">Makes an unfitted token model.</param>
internal sealed class MultiTaskBaseline(string name, MultiTaskDnaOptions options, Func<Vocabulary, ITokenModel> make) : IBaseline
{
    // The mean of a few thousand contents is as good as that of all.
    private const int BatchesForMean = 200;

    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var mean = options.Gc > 0 ? Mean(context) : 0;
        var model = new TokenBaseline(name, make).Fitted(context);
        foreach (var batch in context.EvaluateBatches())
        {
            var figures = new MultiTaskFigures(options);
            foreach (var token in AskedToken.Of(batch))
            {
                var (loss, best) = model.Predict(token);
                figures.Tokens.Add(token, best, loss);
            }
            if (options.Order > 0) AddOrders(figures, batch, context.Tokenizer.Vocabulary);
            if (options.Gc > 0)
                foreach (var target in Contents(batch)) figures.AddGc(mean, target);
            yield return figures.ToScored();
        }
    }

    /// <summary>The probability of a flip is known, and nothing else: at 0.5 that is chance.</summary>
    private void AddOrders(MultiTaskFigures figures, Batch batch, Vocabulary vocabulary)
    {
        var flipped = new Answers(vocabulary, options).Flipped;
        var isOrder_M = batch[Columns.IsOrder].cpu().data<bool>().ToArray();
        var labels_M = batch[Keys.PositionLabels].cpu().data<long>().ToArray();
        for (var m = 0; m < labels_M.Length; m++)
        {
            if (!isOrder_M[m]) continue;
            var p = labels_M[m] == flipped ? options.FlipProbability : 1 - options.FlipProbability;
            figures.AddOrder(-Math.Log(p), p > 0.5 ? 1 : p < 0.5 ? 0 : 0.5);
        }
    }

    private static float Mean(BaselineContext context)
    {
        var contents = context.TrainBatches(BatchesForMean).SelectMany(Contents).ToList();
        return contents.Count == 0 ? 0.5f : contents.Average();
    }

    private static float[] Contents(Batch batch) =>
        [.. batch[Keys.NumberPositionTargets].cpu().data<float>().ToArray().Where(t => !float.IsNaN(t))];
}
