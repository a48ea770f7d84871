using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Regression;

/// <summary>The training mean of each target, for every sample alike: R2 near 0.</summary>
internal sealed class MeanBaseline(RegressOptions options, TargetReader targets, RegressionScores scores) : IBaseline
{
    public string Name => "mean";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var moments = new Moments(options.TargetMeans.Length);
        foreach (var sample in context.Train) moments.Add(targets.Read(sample));
        var means = moments.Means().Select(m => (float)m).ToArray();
        foreach (var chunk in context.Evaluate.Chunk(256))
            yield return scores.Of([.. chunk.Select(s => s.Id)], Table.Repeat(means, chunk.Length),
                Table.Of(chunk.Select(targets.Read), means.Length));
    }
}
