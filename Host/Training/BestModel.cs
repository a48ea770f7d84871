namespace PluginHost.Host.Training;

/// <summary>
/// Keeps account of the best weights on dev. Where the figure to select by is undefined, the dev loss takes its place, and that is said
/// once: an undefined figure is neither better nor worse than another.
/// </summary>
public static class BestModel
{
    /// <summary>Takes an evaluation in.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public static bool Judge(TrainJob job, TrainState state, DevScore result)
    {
        var wanted = job.Blind is null ? result.Metrics[job.SelectBy] : double.NaN;
        if (double.IsNaN(wanted)) return Undefined(job, state, result);
        // The first that is defined counts, whatever the losses before.
        var better = state.SelectedBy != job.SelectBy || (job.HigherIsBetter ? wanted > state.BestScore : wanted < state.BestScore);
        return Note(state, job.SelectBy, wanted, better);
    }

    /// <summary>What became of the choice where the figure was undefined, as a sentence; null where it never was.</summary>
    public static string? Sentence(TrainJob job, TrainState state)
    {
        if (state.Undefined == 0) return null;
        var often = job.Blind is not null ? "cannot choose a model" : $"was undefined (-) in {Times(state.Undefined)}";
        return $"{job.Name}: {job.SelectBy} {often} on dev{(job.Blind is null ? "" : $": {job.Blind}")}. " + (state.SelectedBy switch
        {
            null => "No figure was defined there, so the last weights are handed on.",
            TrainJob.Fallback when job.SelectBy != TrainJob.Fallback => "The best weights and patience went by the loss on dev instead.",
            _ => "The best weights and patience went by the evaluations in which it was defined.",
        });
    }

    private static bool Undefined(TrainJob job, TrainState state, DevScore result)
    {
        // What can be known before training is told there.
        if (state.Undefined++ == 0 && job.Blind is null)
            job.View.Warn($"{job.Name}: {job.SelectBy} is undefined (-) on dev: {result.Why}. Where it is so, the best weights and "
                + "patience go by the loss on dev; give dev samples that "
                + "differ, or name another figure in train.selectBy.");
        // Once the figure was defined, no loss takes its place.
        if (double.IsNaN(result.Loss) || (state.SelectedBy is { } by && by != TrainJob.Fallback)) return false;
        return Note(state, TrainJob.Fallback, result.Loss, double.IsNaN(state.BestScore) || result.Loss < state.BestScore);
    }

    private static bool Note(TrainState state, string by, double score, bool better)
    {
        state.Stale = better ? 0 : state.Stale + 1;
        if (better) (state.SelectedBy, state.BestStep, state.BestScore) = (by, state.Step, score);
        return better;
    }

    private static string Times(int count) => count == 1 ? "1 evaluation" : $"{count:N0} evaluations";
}
