using PluginHost;

namespace GenomeTrack;

using static TorchSharp.torch;

/// <summary>
/// Runs a model over windows of a genome. Whatever scores sequences, or stretches of them (<see cref="Scored.Spans"/>), can be drawn:
/// classifiers, regressions, labels and signals of bases.
/// </summary>
/// <param name="options">Model, genome, windows.</param>
internal sealed class TrackTool(TrackOptions options) : ITool
{
    public void Check(TrainedModel model) => Index(model);

    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var output = context.OutputPath(options.Output);
        if (File.Exists(output) && !options.Force)
            throw new UsageException($"{output} exists already; choose another name, or replace it with --force.");
        using var model = context.OpenModel(options.Model);
        var index = Index(model);
        var step = options.Step ?? options.Window;
        var all = context.OpenInput([options.Input], step == options.Window
            ? [$"window={options.Window}", "how=tiles"]
            : [$"window={options.Window}", "how=overlap", $"stride={step}"]);
        var windows = options.Region is { } region ? new RegionSource(all, region) : all;
        var track = new Track();
        var done = 0L;
        foreach (var (batch, _) in model.Batches(windows, new()))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Add(track, batch, model.Objective.Score(model.Predict(model.Forward(batch), batch), batch), index);
            context.Progress("windows", done += batch.Samples.Count, windows.Count);
        }
        var name = model.Objective.Card.OutputNames.ElementAtOrDefault(index) ?? $"{index}";
        track.Write(output, $"{model.Name} {name}",
            $"'{name}' by {model.Name}, windows of {options.Window} bases every {step}, mean where they overlap");
        context.Say($"{track.Count:N0} windows or stretches: {options.Output}");
        return Task.FromResult(ExitCodes.Done);
    }

    private static void Add(Track track, Batch batch, Scored scored, int index)
    {
        var values = scored.Probabilities ?? scored.Outputs
            ?? throw new UsageException("The model's objective says nothing of sequences or bases that could be drawn.");
        for (var n = 0; n < values.GetLength(0); n++)
        {
            var sample = batch.Samples[scored.Rows.Count > 0 ? scored.Rows[n] : n];
            var span = scored.Spans.Count > 0 ? scored.Spans[n] : new BaseSpan(0, sample.Sequence.Length);
            var place = sample.Place?.Within(span.Start, span.End, sample.Sequence.Length)
                ?? throw new DataException($"{sample.Where}: its place on a genome is not known; give a FASTA file of the genome.");
            track.Add(place.Chromosome, place.Start, place.End, values[n, index]);
        }
    }

    private int Index(TrainedModel model)
    {
        var names = model.Objective.Card.OutputNames;
        if (options.Class is null) return Math.Max(0, names.Count - 1);
        var index = names.ToList().IndexOf(options.Class);
        return index >= 0 ? index : throw new UsageException(
            $"{model.Name} has no class '{options.Class}'{Nearest.Hint(options.Class, names)}; it has: {string.Join(", ", names)}.");
    }
}
