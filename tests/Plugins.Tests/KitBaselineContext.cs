using PluginHost.PluginKit;

namespace PluginHost.Plugins.Tests;

/// <summary>Gives baselines samples from memory.</summary>
internal sealed class KitBaselineContext(
    ITokenizer tokenizer, IObjective objective, IReadOnlyList<Sample> train, IReadOnlyList<Sample> evaluate) : BaselineContext
{
    public override IEnumerable<Sample> Train => train;

    public override IEnumerable<Sample> Evaluate => evaluate;

    public override ITokenizer Tokenizer => tokenizer;

    public override ulong Seed => 1;

    public override IEnumerable<Batch> TrainBatches(int limit) => Batches(train, CollateMode.Train).Take(limit);

    public override IEnumerable<Batch> EvaluateBatches() => Batches(evaluate, CollateMode.Evaluate);

    private IEnumerable<Batch> Batches(IReadOnlyList<Sample> samples, CollateMode mode) =>
        samples.Chunk(32).Select((chunk, i) =>
            objective.Collate(chunk, new CollateContext(tokenizer, 512, mode, new SeededRandom((ulong)i, (ulong)mode))));
}
