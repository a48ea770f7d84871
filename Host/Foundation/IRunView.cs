namespace PluginHost.Host.Foundation;

/// <summary>What the user a run sees. Messages and progress go to standard error, tables to standard output.</summary>
/// <remarks>On a terminal the progress is one live line; elsewhere a plain line every few seconds. Thread-safe.</remarks>
public interface IRunView
{
    /// <summary>A plain message.</summary>
    void Say(string message);

    /// <summary>Something the user should know but that does not stop the run.</summary>
    void Warn(string message);

    /// <summary>A stage begins.</summary>
    /// <param name="name">The stage's name.</param>
    /// <param name="totalSteps">Optimizer steps it will take; 0 for a stage that takes none.</param>
    void StageStarted(string name, long totalSteps);

    /// <summary>A step was taken. Call it as often as you like: the view decides what to show.</summary>
    void Step(StepReport report);

    /// <summary>Work that is not counted in optimizer steps: tokens scored, bases read.</summary>
    /// <param name="what">What is being counted, for example "sequences scored".</param>
    /// <param name="done">How many so far.</param>
    /// <param name="total">How many there will be, or null if unknown.</param>
    void Progress(string what, long done, long? total);

    /// <summary>The stage is done; clears the live line.</summary>
    /// <param name="summary">One line.</param>
    void StageFinished(string summary);

    /// <summary>Prints a table of results on standard output.</summary>
    void Table(ResultTable table);

    /// <summary>Prints a line of results on standard output.</summary>
    void Result(string line);
}

/// <summary>Where training stands.</summary>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Total">Optimizer steps there will be.</param>
/// <param name="Loss">Mean training loss since the last report; not a number while unknown.</param>
/// <param name="TokensPerSecond">Tokens that are not padding, per second.</param>
/// <param name="Eta">Time left.</param>
/// <param name="PaddingShare">Padded positions among all positions computed: 0 to 1.</param>
/// <param name="LearningRate">Of this step.</param>
public readonly record struct StepReport(
    long Step, long Total, double Loss, double TokensPerSecond, TimeSpan Eta, double PaddingShare, double LearningRate);
