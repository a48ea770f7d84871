using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.Seq2Seq;

/// <summary>
/// A Markov chain over the bases of targets, which sees no source: its orders interpolated, the highest chosen on held-out targets. A
/// token's probability is that of its bases; ends come as often as in training.
/// </summary>
/// <param name="objective">Knows targets.</param>
internal sealed class MarkovBaseline(Seq2SeqObjective objective) : IBaseline
{
    public string Name => "markov of targets";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var chain = new BaseChain();
        var (tokens, rows) = (0L, 0L);
        IEnumerable<(string Bases, BaseSpan Span)[]> Targets()
        {
            foreach (var target in context.Train.Take(Seq2SeqObjective.MostBaselineSamples).Select(objective.Target))
            {
                (tokens, rows) = (tokens + Encoded(target, context).Ids.Length, rows + 1);
                yield return [(target.Sequence, new BaseSpan(0, target.Sequence.Length))];
            }
        }
        chain.Fit(Targets());
        var ends = objective.Ends.Count > 0 ? (rows + 1.0) / (tokens + rows + 2) : 0;
        foreach (var target in context.Evaluate.Select(objective.Target))
        {
            var encoding = Encoded(target, context);
            var loss = ends > 0 ? -Math.Log(ends) : 0;
            foreach (var span in encoding.Spans) loss -= Math.Log(1 - ends) + chain.Log(target.Sequence, span);
            yield return new()
            {
                Labels = [], Predicted = [],
                Losses = [new(Seq2SeqObjective.Term, loss, encoding.Ids.Length + objective.Ends.Count, 1)],
            };
        }
    }

    private static EncodedSequence Encoded(Sample target, BaselineContext context) =>
        context.Tokenizer.Encode(target, new EncodeContext(int.MaxValue, SpecialTokens: false) { Scoring = true });
}
