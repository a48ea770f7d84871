using PluginHost;

namespace SignalTrack;

/// <summary>
/// For every base the mean of the training bases, or of those in the middle of the same word: what anything that looks further has to beat.
/// </summary>
/// <param name="objective">Scores it as it scores the model.</param>
/// <param name="width">Bases of a word, an odd number; 0 for the mean of all.</param>
internal sealed class MeanBaseline(SignalObjective objective, int width) : IBaseline
{
    // Enough for means, of however much data.
    private const int MostBatches = 200;

    public string Name => width == 0 ? "mean of the training bases" : $"mean by the {width} bases around";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var sums = new Dictionary<string, (double Sum, long Count)> { [""] = (0, 0) };
        foreach (var batch in context.TrainBatches(MostBatches))
        {
            var signal = ScoredItems.Rows(batch[Columns.Signal]);
            for (var row = 0; row < signal.GetLength(0); row++)
                for (var place = 0; place < batch.Samples[row].Sequence.Length; place++)
                {
                    if (!float.IsFinite(signal[row, place])) continue;
                    Add("", signal[row, place]);
                    if (Word(batch.Samples[row], place) is { } word) Add(word, signal[row, place]);
                }
        }
        foreach (var batch in context.EvaluateBatches())
            yield return objective.Score(batch, (row, place) =>
                Word(batch.Samples[row], place) is { } word && sums.TryGetValue(word, out var known) ? Mean(known) : Mean(sums[""]));

        void Add(string word, float value)
        {
            var (sum, count) = sums.GetValueOrDefault(word);
            sums[word] = (sum + value, count + 1);
        }
    }

    private string? Word(Sample sample, int place) => width > 0 && place >= width / 2 && place + width / 2 < sample.Sequence.Length
        ? sample.Sequence.Substring(place - width / 2, width) : null;

    private static float Mean((double Sum, long Count) of) => (float)(of.Sum / Math.Max(1, of.Count));
}
