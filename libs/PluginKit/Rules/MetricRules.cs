using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

/// <summary>What the contract asks of metrics, rule by rule.</summary>
internal static class MetricRules
{
    private const double Near = 1e-9;

    public static IEnumerable<Rule> Of(Subject subject)
    {
        yield return new("nothing added", () => _ = subject.Build<IMetric>().Value);
        yield return new("order of batches", () => EachKind(subject, batches =>
        {
            var (forward, backward) = (Value(subject, batches), Value(subject, batches.Reverse()));
            Require(Agree(forward, backward), $"batches in another order take it from {forward} to {backward}.");
        }));
        yield return new("reading", () => EachKind(subject, batches =>
        {
            var metric = subject.Build<IMetric>();
            foreach (var batch in batches)
            {
                metric.Add(batch);
                _ = metric.Value;
            }
            var (first, second) = (metric.Value, metric.Value);
            Require(first.Equals(second), $"read twice it is {first} and then {second}.");
            Require(Agree(first, Value(subject, batches)), "reading it after every batch changes it.");
        }));
        yield return new("one of many", () => EachKind(subject, batches =>
        {
            var alone = Value(subject, batches);
            var (one, other) = (subject.Build<IMetric>(), subject.Build<IMetric>());
            foreach (var batch in batches)
            {
                one.Add(batch);
                other.Add(batches[0]);
            }
            Require(Agree(one.Value, alone), "it is another while a second one of its kind is in use: they share something static.");
        }));
    }

    private static double Value(Subject subject, IEnumerable<Scored> batches)
    {
        var metric = subject.Build<IMetric>();
        foreach (var batch in batches) metric.Add(batch);
        return metric.Value;
    }

    private static bool Agree(double one, double other) =>
        one.Equals(other) || Math.Abs(one - other) <= Near * Math.Max(1, Math.Abs(one));

    /// <summary>Tries it on every kind of scores that it takes.</summary>
    private static void EachKind(Subject subject, Action<Scored[]> check)
    {
        var taken = 0;
        foreach (var batches in SmallScores.Kinds)
        {
            try
            {
                foreach (var batch in batches) subject.Build<IMetric>().Add(batch);
            }
            catch (UsageException)
            {
                continue; // The contract: the objective does not give what it needs.
            }
            check(batches);
            taken++;
        }
        if (taken == 0) throw new NotTriedException("it takes no kind of scores that the kit has");
    }
}
