namespace PluginHost.Host.Records;

/// <summary>Names of the files and folders of a run.</summary>
public static class RunFiles
{
    /// <summary>Where and with what the run was made.</summary>
    public const string Run = "run.json";

    /// <summary>The pipeline with every override and default filled in; a model folder has it as well.</summary>
    public const string Pipeline = "pipeline.resolved.yaml";

    /// <summary>Losses and scores.</summary>
    public const string Metrics = "metrics.jsonl";

    /// <summary>Seconds and tokens per second.</summary>
    public const string Timings = "timings.jsonl";

    /// <summary>A folder: what each finished stage left.</summary>
    public const string Stages = "stages";

    /// <summary>A folder: a folder of checkpoints for each stage that trains.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>A folder: the model of the last stage.</summary>
    public const string Model = "model";

    /// <summary>A folder: tables of predictions, one for each stage that scores.</summary>
    public const string Predictions = "predictions";

    /// <summary>A folder: a sealed folder for each stage that uses a tool.</summary>
    public const string Tools = "tools";

    /// <summary>A folder: a folder for each observer.</summary>
    public const string Observers = "observers";

    /// <summary>The figures of all stages, written when the run is done.</summary>
    public const string Summary = "summary.json";

    /// <summary>The page for people.</summary>
    public const string Report = "report.html";
}
