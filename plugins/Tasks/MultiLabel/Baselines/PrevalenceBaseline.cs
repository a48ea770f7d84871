using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.MultiLabel;

/// <summary>
/// The share of training samples that each label holds for, for every sample alike: AUROC one half, AUPRC the share itself.
/// </summary>
internal sealed class PrevalenceBaseline(LabelSet labels) : IBaseline
{
    public string Name => "label prevalence";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var (held, known) = (new double[labels.Labels.Count], new double[labels.Labels.Count]);
        foreach (var sample in context.Train)
        {
            var row = labels.Read(sample);
            for (var c = 0; c < row.Length; c++)
            {
                if (float.IsNaN(row[c])) continue;
                known[c]++;
                held[c] += row[c];
            }
        }
        var share = held.Select((h, c) => known[c] == 0 ? 0 : (float)(h / known[c])).ToArray();
        foreach (var chunk in context.Evaluate.Chunk(256))
            yield return LabelScores.Of([.. chunk.Select(s => s.Id)], Table.Repeat(share, chunk.Length),
                Table.Of(chunk.Select(labels.Read), share.Length));
    }
}
