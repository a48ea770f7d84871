using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>
/// What can be had without a model of sequence: token frequencies; with <paramref name="useInput"/> also the token that stands at a scored
/// position when it was kept or replaced; with <paramref name="useRuns"/> also how many tokens around are hidden, which tells something
/// when whole G-grams are; with <paramref name="useNeighbours"/> also the nearest visible token on each side, up to three tokens away,
/// which holds what overlapping tokens share.
/// </summary>
/// <remarks>
/// Visible G-grams tell nothing more: they hold visible tokens only. A model learns something about longer sequence only below
/// <c>neighbours</c>.
/// </remarks>
internal sealed class ContextBaseline(string name, SeenToken seenToken, bool useInput, bool useRuns, bool useNeighbours) : IBaseline
{
    private const int MostBatches = 400;
    private const long MostTokens = 2_000_000;

    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var vocabulary = context.Tokenizer.Vocabulary;
        // Training windows may overlap each other, so only evaluated ones tell how far counts can be trusted. Four numbers chosen there
        // favour the baseline, if anything.
        var chosenOn = useRuns || useNeighbours ? context.EvaluateBatches().SelectMany(b => ClueReader.Read(b, vocabulary)).ToList() : [];
        var model = new ContextModel(Read(context, vocabulary), chosenOn, vocabulary, useRuns, useNeighbours);
        foreach (var batch in context.EvaluateBatches())
        {
            var tally = new Tally();
            foreach (var clues in ClueReader.Read(batch, vocabulary))
            {
                var seen = useInput ? clues.Seen : -1;
                var (label, ofSeen, best, ofBest) = model.Predict(clues, seen);
                var probability = seen < 0 ? label : seenToken.Posterior(label, clues.Label == seen, ofSeen);
                var guess = seen >= 0 && seenToken.Wins(ofSeen, ofBest) ? seen : best;
                tally.Add(clues.Label, guess, -Math.Log(probability), clues.Seen < 0);
            }
            yield return HiddenShare.Added(tally.ToScored(), batch, vocabulary);
        }
    }

    private static List<ClueBatch> Read(BaselineContext context, Vocabulary vocabulary)
    {
        var batches = new List<ClueBatch>();
        var tokens = 0L;
        foreach (var batch in context.TrainBatches(MostBatches))
        {
            batches.Add(new([.. batch.Encodings.Select(e => e.Ids)], ClueReader.Read(batch, vocabulary)));
            tokens += batch.RealTokens;
            if (tokens >= MostTokens) break;
        }
        return batches;
    }
}
