using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Bases;
using PluginHost.Libs.Tools.Strands;

namespace PluginHost.Plugins.Scan.Windows;

using static TorchSharp.torch;

/// <summary>What a model says of windows, in their order: all outputs of each, or of a token labeller one output of each base.</summary>
/// <param name="model">With heads.</param>
/// <param name="outputs">Asks it.</param>
/// <param name="output">Of a token labeller, which.</param>
/// <param name="bothStrands">Whether it is the mean with the reverse complement's.</param>
/// <param name="batchTokens">Tokens computed at once.</param>
internal sealed class WindowScores(TrainedModel model, ModelOutputs outputs, int output, bool bothStrands, int batchTokens)
{
    // Windows that wait for each other: some batches full.
    private const int Waiting = 256;

    private readonly bool isBases = outputs.Kind == OutputKind.BaseClasses;

    /// <summary>Numbers of a window's record.</summary>
    /// <param name="window">Bases of one.</param>
    public int Width(int window) => isBases ? window : outputs.Names.Count;

    /// <summary>Reads windows; the arrays are the caller's.</summary>
    /// <param name="source">The windows.</param>
    /// <param name="tokens">Of one, as a guide for how many are computed together.</param>
    /// <param name="cancellation">Between batches.</param>
    public IEnumerable<float[]> Read(ISampleSource source, int tokens, CancellationToken cancellation)
    {
        var joiner = new StrandJoiner<float[]>(bothStrands, isBases ? StrandedSource.MeanOfBases : StrandedSource.Mean);
        foreach (var batch in model.Batches(joiner.Read(source), new() { BatchTokens = batchTokens, Stretch = Stretch(tokens) }))
        {
            cancellation.ThrowIfCancellationRequested();
            using (var scope = NewDisposeScope())
                foreach (var (place, values) in Records(batch)) joiner.Add(place, values);
            while (joiner.TryTake(out var record)) yield return record;
        }
    }

    /// <summary>Samples that are sorted together: whole batches of windows of equal length, so that none is cut short.</summary>
    private int Stretch(int tokens)
    {
        var rows = Math.Max(1, batchTokens / Math.Max(1, tokens));
        return Math.Max(2, (Waiting + rows - 1) / rows * rows * (bothStrands ? 2 : 1));
    }

    private IEnumerable<(long Place, float[] Values)> Records(ModelBatch batch)
    {
        var answers = outputs.Read(batch);
        if (!isBases) return answers.Select(a => (a.Place, a.Values));
        return answers.GroupBy(a => a.Place).Select(window => (window.Key, BaseSpread.Mean(
            [.. window.Select(a => a.Span)], window.Select(a => a.Values[output]).ToArray(), window.First().Sample.Sequence.Length)));
    }
}
