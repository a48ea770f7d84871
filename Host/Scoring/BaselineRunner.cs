using PluginHost.Host.Batches;
using PluginHost.Host.Records;

namespace PluginHost.Host.Scoring;

/// <summary>Fits and scores the trivial predictors a result is printed beside.</summary>
public static class BaselineRunner
{
    /// <summary>One row a baseline: the objective's in its order, then those of the metrics.</summary>
    /// <param name="job">What the model was scored on.</param>
    /// <param name="train">The training split.</param>
    /// <param name="batches">Its batches, for baselines that count tokens.</param>
    /// <param name="metrics">Makes fresh metrics for each row.</param>
    /// <param name="runSeed">The run's seed.</param>
    public static IReadOnlyList<ResultRow> Run(
        ScoringJob job, ISampleSource train, TrainingBatches batches, Func<MetricSet> metrics, ulong runSeed)
    {
        List<ResultRow> rows = [];
        foreach (var baseline in job.Objective.Card.Baselines.Concat(metrics().Baselines).DistinctBy(b => b.Name))
        {
            var figures = metrics();
            foreach (var scored in baseline.Measure(new Context(job, train, batches, runSeed))) figures.Add(scored);
            rows.Add(new ResultRow(baseline.Name, figures.Values()));
        }
        return rows;
    }

    private sealed class Context(ScoringJob job, ISampleSource train, TrainingBatches batches, ulong runSeed) : BaselineContext
    {
        public override IEnumerable<Sample> Train
        {
            get
            {
                for (var i = 0L; i < train.Count; i++) yield return train.Get(i, new SeededRandom(runSeed, (ulong)i));
            }
        }

        public override IEnumerable<Sample> Evaluate => job.Batches.Places.Select(job.Batches.Draw);

        public override ITokenizer Tokenizer => job.Batches.Recipe.Tokenizer;

        public override ulong Seed => runSeed;

        public override IEnumerable<Batch> TrainBatches(int limit) =>
            Lend(batches.Plan.From(default).TakeWhile(p => p.Position.Epoch == 0).Take(limit).Select(p => batches.Make(p, 0).Batch));

        public override IEnumerable<Batch> EvaluateBatches() => Lend(job.Batches.Plan().Select(p => job.Batches.Make(p).Batch));

        // Each batch lives until the next is asked for.
        private static IEnumerable<Batch> Lend(IEnumerable<Batch> batches)
        {
            foreach (var batch in batches)
            {
                using (batch) yield return batch;
            }
        }
    }
}
