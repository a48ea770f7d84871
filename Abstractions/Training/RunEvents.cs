namespace PluginHost;

/// <summary>The run that an observer looks on.</summary>
/// <param name="Name">The pipeline's name.</param>
/// <param name="Folder">
/// Full path of the observer's own folder, <c>observers/NAME</c> in the run folder: there, and empty when the run starts or is resumed.
/// </param>
/// <param name="Started">When the run was started first.</param>
public sealed record ObservedRun(string Name, string Folder, DateTimeOffset Started);

/// <summary>Something that happened in a run.</summary>
public abstract record RunEvent
{
    /// <summary>The run.</summary>
    public required ObservedRun Run { get; init; }

    /// <summary>The stage's name, as in <c>metrics.jsonl</c>.</summary>
    public required string Stage { get; init; }
}

/// <summary>A stage begins.</summary>
public sealed record StageStarted : RunEvent;

/// <summary>Figures of training at a step.</summary>
public sealed record TrainingFigures : RunEvent
{
    /// <summary>Optimizer steps taken in this stage, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>Epochs seen, with the fraction of the current one.</summary>
    public required double Epoch { get; init; }

    /// <summary>Mean loss of the steps since the last figures.</summary>
    public required double Loss { get; init; }

    /// <summary>Learning rate of this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>2-norm of this step's gradients before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Wall-clock seconds of training in this stage, pauses between attempts left out; NaN where they are not known.</summary>
    public double Seconds { get; init; } = double.NaN;

    /// <summary>Tokens that are not padding, per second since the last figures; NaN where they are not known.</summary>
    public double TokensPerSecond { get; init; } = double.NaN;
}

/// <summary>Figures of a scored split.</summary>
public sealed record EvaluationFigures : RunEvent
{
    /// <summary>Optimizer steps taken in this stage; null in an evaluate stage, which takes none.</summary>
    public long? Step { get; init; }

    /// <summary>The split: dev, test or train.</summary>
    public required string Split { get; init; }

    /// <summary>Samples scored.</summary>
    public required long Samples { get; init; }

    /// <summary>Figures by metric name; NaN where one is undefined.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }
}

/// <summary>A stage is done.</summary>
public sealed record StageEnded : RunEvent
{
    /// <summary>Optimizer steps taken; null in a stage that takes none.</summary>
    public long? Steps { get; init; }

    /// <summary>Wall-clock seconds of all attempts.</summary>
    public double Seconds { get; init; }

    /// <summary>Figures of the weights that are handed on, by metric name.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }
}
