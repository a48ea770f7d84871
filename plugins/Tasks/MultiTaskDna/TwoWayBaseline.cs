using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>
/// <see cref="TwoWayMarkov"/> for next tokens and order, the training mean for GC content; scored on exactly what the model is scored on.
/// </summary>
/// <param name="options">Weights of the terms.</param>
internal sealed class TwoWayBaseline(MultiTaskDnaOptions options) : IBaseline
{
    private const long MostTrainingBases = 40_000_000;

    public string Name => "two-way markov, its ratio, mean";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var mean = GcContents.Mean(context, options);
        var vocabulary = context.Tokenizer.Vocabulary;
        var model = new TwoWayMarkov();
        model.Fit(Rows(context));
        foreach (var batch in context.EvaluateBatches())
        {
            var figures = new MultiTaskFigures(options);
            foreach (var row in AskedToken.Of(batch).GroupBy(t => t.Encoding))
                foreach (var (token, loss, best) in model.Predict(row, vocabulary)) figures.Tokens.Add(token, best, loss);
            foreach (var (row, isFlipped) in OrderAnswers.Of(batch, vocabulary, options))
            {
                var (loss, right) = model.Judge(batch.Samples[row].Sequence, isFlipped);
                figures.AddOrder(loss, right ? 1 : 0);
            }
            foreach (var target in GcContents.Of(batch, options)) figures.AddGc(mean, target);
            yield return figures.ToScored();
        }
    }

    private List<(string, bool)> Rows(BaselineContext context)
    {
        List<(string, bool)> rows = [];
        var bases = 0L;
        foreach (var batch in context.TrainBatches(int.MaxValue))
        {
            if (bases >= MostTrainingBases) break;
            var flipped = batch[Columns.IsFlipped].cpu().data<bool>().ToArray();
            for (var b = 0; b < batch.Samples.Count; b++)
                if (batch.Encodings[b].Ids.Length > 1) rows.Add((batch.Samples[b].Sequence, flipped[b]));
            bases += batch.Samples.Sum(s => (long)s.Sequence.Length);
        }
        return rows;
    }
}
