using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Mutations;

/// <summary>Asks a second model how likely sequences are to hold sequencing noise.</summary>
internal sealed class NoiseJudge
{
    private readonly TrainedModel model;
    private readonly ModelOutputs outputs;
    private readonly int output;

    /// <exception cref="UsageException">The model does not tell noise.</exception>
    public NoiseJudge(TrainedModel model, string noiseOutput)
    {
        this.model = model;
        outputs = new ModelOutputs(model);
        if (!outputs.IsProbability)
            throw new UsageException($"--noise-model: {model.Name} gives no probabilities; train it with classify on host data noise.");
        output = outputs.Index(noiseOutput, "--noise-output");
    }

    /// <summary>The probability of noise in each sequence.</summary>
    public IReadOnlyDictionary<string, double> Judge(IEnumerable<string> sequences, Action<long> progress, CancellationToken cancellation)
    {
        List<Sample> samples = [.. sequences.Where(s => s.Length > 0).Distinct().Select((s, i) => new Sample($"candidate-{i + 1}", s))];
        // Nothing written is no sequence at all.
        var judged = new Dictionary<string, double>(StringComparer.Ordinal) { [""] = 1 };
        if (samples.Count == 0) return judged;
        foreach (var batch in model.Batches(new ListedSource(samples), new()))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var answer in outputs.Read(batch)) judged[answer.Sample.Sequence] = answer.Values[output];
            progress(judged.Count - 1);
        }
        return judged;
    }
}
