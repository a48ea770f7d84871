using System.Globalization;
using System.Text.Json;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Training;

/// <summary>
/// Trains a stage at each of several learning rates, every time from the same weights, and keeps what is best on dev. The checkpoints of a
/// rate are <c>checkpoints/STAGE/rate-R/</c>; one that is done leaves <c>outcome.json</c> there, so that a resumed run does not repeat it.
/// </summary>
internal static class RateTrials
{
    private const string OutcomeFile = "outcome.json";

    /// <summary>What a rate is called in names and folders.</summary>
    public static string Name(double rate) => "rate-" + Text(rate);

    /// <summary>Trains at all rates; the model ends with the weights of the best.</summary>
    /// <param name="jobs">The job of each rate, all of one model; its checkpoints are its own.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <returns>The best job, its final state with the seconds of all, and a sentence that names what each had.</returns>
    public static (TrainJob Job, TrainState State, string Note) Run(IReadOnlyList<TrainJob> jobs, CancellationToken cancellation)
    {
        var model = jobs[0].Model;
        using var start = new WeightCopies(model);
        List<(TrainJob Job, TrainState State)> done = [];
        foreach (var job in jobs)
        {
            if (Outcome(job) is not { } state)
            {
                start.Restore();
                state = Trainer.Run(job with { LogStart = done.Count > 0 ? done[^1].State.Logs : job.LogStart }, cancellation);
                Disk.WriteAtomically(PathOf(job), JsonSerializer.Serialize(state, Json.Indented) + "\n");
            }
            done.Add((job, state));
        }
        var best = done.Aggregate((a, b) => IsBetter(b, a) ? b : a);
        best.Job.Checkpoints.LoadWeights(best.State.HandedOn(best.Job.Options), model);
        var each = done.Select(d => d.State.BestStep < 0 ? Text(d.Job.Options.LearningRate)
            : string.Create(CultureInfo.InvariantCulture, $"{Text(d.Job.Options.LearningRate)} {d.State.BestScore:0.0000}"));
        return (best.Job, best.State with { Seconds = done.Sum(d => d.State.Seconds) },
            $"Learning rate {Text(best.Job.Options.LearningRate)} was best on dev, of ({best.State.SelectedBy}): "
            + $"{string.Join(", ", each)}.");
    }

    /// <summary>What a rate that is done left; null where it is not, or where its weights are no longer whole.</summary>
    private static TrainState? Outcome(TrainJob job)
    {
        if (!File.Exists(PathOf(job))) return null;
        var state = JsonSerializer.Deserialize<TrainState>(File.ReadAllBytes(PathOf(job)), Json.Indented)!;
        if (SealedFolder.Verify(job.Checkpoints.PathOf(state.HandedOn(job.Options))) is null) return state;
        File.Delete(PathOf(job));
        return null;
    }

    // The figure to select by comes before the loss that took its place.
    private static bool IsBetter((TrainJob Job, TrainState State) one, (TrainJob Job, TrainState State) other)
    {
        var by = one.Job.SelectBy;
        if (other.State.SelectedBy != one.State.SelectedBy) return one.State.SelectedBy == by || other.State.SelectedBy is null;
        return by == one.State.SelectedBy && one.Job.HigherIsBetter
            ? one.State.BestScore > other.State.BestScore : one.State.BestScore < other.State.BestScore;
    }

    private static string PathOf(TrainJob job) => Path.Combine(Path.GetDirectoryName(job.Checkpoints.PathOf(0))!, OutcomeFile);

    private static string Text(double rate) => rate.ToString("R", CultureInfo.InvariantCulture);
}
