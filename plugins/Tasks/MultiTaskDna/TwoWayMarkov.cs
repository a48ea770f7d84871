using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>
/// Two Markov chains over bases, one of sequences as they are and one of the same sequences flipped. Which of the two explains a
/// sequence better tells whether it is flipped; weighed by what each made of the words before, they predict next words.
/// </summary>
/// <remarks>The strongest predictor here that is no network: one Markov model alone blurs both directions.</remarks>
internal sealed class TwoWayMarkov(int highestOrder = BaseChain.DefaultHighestOrder)
{
    private const int HoldOutEvery = 20;
    private static readonly double[] scales = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
    private readonly BaseChain asRead = new(highestOrder);
    private readonly BaseChain flipped = new(highestOrder);
    private double share;
    private double scale = 1;

    /// <summary>Fits on sequences as the model sees them, each with whether it is flipped.</summary>
    public void Fit(IReadOnlyList<(string Bases, bool Flipped)> rows)
    {
        share = (rows.Count(r => r.Flipped) + 0.5) / (rows.Count + 1);
        var natural = rows.Select(r => r.Flipped ? Exercise.Reversed(r.Bases) : r.Bases).Where((_, i) => i % HoldOutEvery != 0).ToList();
        asRead.Fit(natural.Select(Row));
        flipped.Fit(natural.Select(n => Row(Exercise.Reversed(n))));
        // Bases of a chain are not as independent as it takes them to be: its certainty is scaled on sequences it has not seen.
        var ratios = rows.Where((_, i) => i % HoldOutEvery == 0).Select(r => (Ratio: Ratio(r.Bases), r.Flipped)).ToList();
        if (ratios.Count > 0) scale = scales.MinBy(s => ratios.Sum(r => Loss(s * r.Ratio, r.Flipped)));
    }

    /// <summary>The loss of an answer in nats, and whether it is the likelier one, when both were as likely before.</summary>
    public (double Loss, bool Right) Judge(string bases, bool isFlipped)
    {
        var ratio = scale * Ratio(bases);
        return (Loss(ratio, isFlipped), ratio > 0 == isFlipped);
    }

    /// <summary>Losses in nats of one row's words, in their order, and the words that the likelier direction holds most probable.</summary>
    public IEnumerable<(AskedToken Token, double Loss, int Best)> Predict(IEnumerable<AskedToken> row, Vocabulary vocabulary)
    {
        var (bestAsRead, bestFlipped) = (new BestWord(asRead, vocabulary), new BestWord(flipped, vocabulary));
        var odds = Math.Log(share / (1 - share));
        var seen = 0;
        foreach (var token in row)
        {
            odds += Gain(new(seen, token.New.Start));
            seen = token.New.End;
            var (one, other) = (asRead.Log(token.Bases, token.New), flipped.Log(token.Bases, token.New));
            var weight = 1 / (1 + Math.Exp(-odds));
            yield return (token, -Math.Log((1 - weight) * Math.Exp(one) + weight * Math.Exp(other)),
                Math.Max(0, (odds > 0 ? bestFlipped : bestAsRead).Find(token)));
            odds += scale * (other - one);

            double Gain(BaseSpan skipped) => skipped.Length <= 0 ? 0
                : scale * (flipped.Log(token.Bases, skipped) - asRead.Log(token.Bases, skipped));
        }
    }

    private double Ratio(string bases) => flipped.Log(bases, new(0, bases.Length)) - asRead.Log(bases, new(0, bases.Length));

    private static double Loss(double ratio, bool isFlipped) => Math.Log(1 + Math.Exp(isFlipped ? -ratio : ratio));

    private static IReadOnlyList<(string, BaseSpan)> Row(string bases) => [(bases, new(0, bases.Length))];
}
