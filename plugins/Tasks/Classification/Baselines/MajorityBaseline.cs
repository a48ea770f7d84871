using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Classification;

/// <summary>Always the most frequent training class, with the class frequencies as probabilities.</summary>
internal sealed class MajorityBaseline(ClassLabels labels) : IBaseline
{
    public string Name => "majority class";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var counts = new double[labels.Names.Count];
        foreach (var sample in context.Train) counts[labels.Parse(sample)]++;
        var total = counts.Sum();
        foreach (var chunk in context.Evaluate.Chunk(256))
        {
            var probabilities = new float[chunk.Length, counts.Length];
            for (var n = 0; n < chunk.Length; n++)
                for (var c = 0; c < counts.Length; c++) probabilities[n, c] = (float)(counts[c] / total);
            yield return ScoredItems.Classes([.. chunk.Select(s => s.Id)], [.. chunk.Select(labels.Parse)], probabilities, "classify");
        }
    }
}
