using PluginHost.Host.Scoring;

namespace PluginHost.Host.Tests.Evaluation;

public class MetricSetTests
{
    private sealed class CountItems : IMetric
    {
        public bool HigherIsBetter => true;

        public double Value { get; private set; }

        public void Add(Scored scored) => Value += scored.Ids.Count;
    }

    private static Scored Scored(params ScoredLoss[] losses) => new() { Ids = ["a", "b"], Losses = losses };

    [Fact]
    public void Losses_that_are_only_reported_stand_beside_the_metrics()
    {
        var set = new MetricSet([("items", new CountItems())]);
        set.Add(Scored(new ScoredLoss("masked", 4, 2, 1), new ScoredLoss("masked on [MASK]", 3, 1, 0)));
        set.Add(Scored(new ScoredLoss("masked", 4, 2, 1), new ScoredLoss("masked on [MASK]", 5, 3, 0)));

        Assert.Equal(["items", "masked on [MASK]"], set.Values().Keys);
        Assert.Equal(4, set.Values()["items"]);
        Assert.Equal(2.0, set.Values()["masked on [MASK]"]);
    }

    [Fact]
    public void The_terms_of_a_compound_loss_are_shown_one_by_one()
    {
        var set = new MetricSet([]);
        set.Add(Scored(new ScoredLoss("tokens", 6, 2, 1), new ScoredLoss("numbers", 1, 4, 0.01)));

        Assert.Equal(3.0, set.Values()["tokens"]);
        Assert.Equal(0.25, set.Values()["numbers"]);
        Assert.Equal(3.0025, set.Loss, 1e-12);
        Assert.Equal(double.NaN, new MetricSet([]).Loss);
    }
}
