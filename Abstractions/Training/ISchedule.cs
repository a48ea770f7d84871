namespace PluginHost;

/// <summary>The learning rate step by step: the component behind <c>train: { schedule: NAME }</c>.</summary>
public interface ISchedule
{
    /// <summary>The learning rate of a step, at least 0: a pure function of the context, for the run may go on from any step.</summary>
    double At(ScheduleContext context);
}

/// <summary>Where a stage stands, in optimizer steps.</summary>
public sealed record ScheduleContext
{
    /// <summary>The step about to be taken, from 0.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of the stage, at least 1.</summary>
    public required long TotalSteps { get; init; }

    /// <summary><c>learningRate</c>: the highest rate. At least 0.</summary>
    public required double Peak { get; init; }

    /// <summary><c>warmup</c>, in steps. Default 0.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>
    /// <c>decaySteps</c>: the step at which decay ends, maybe beyond the last. 0, the default, means <see cref="TotalSteps"/>.
    /// </summary>
    public long DecaySteps { get; init; }

    /// <summary>The step at which decay ends.</summary>
    public long End => DecaySteps > 0 ? DecaySteps : TotalSteps;

    /// <summary>
    /// The rate of a step in a linear warm-up: (step + 1) / warm-up of the peak, so that the first step already moves. Null after it.
    /// </summary>
    public double? Warmup => Step < WarmupSteps ? Peak * (Step + 1) / WarmupSteps : null;

    /// <summary>How far it is from a step to <see cref="End"/>: 0 before <paramref name="start"/>, 1 from the end on.</summary>
    /// <param name="start">Where decay begins; the end of warm-up, as a rule.</param>
    public double Progress(long start) =>
        Step < start ? 0 : End > start ? Math.Clamp((double)(Step - start) / (End - start), 0, 1) : 1;
}
