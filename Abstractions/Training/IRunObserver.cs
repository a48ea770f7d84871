namespace PluginHost;

/// <summary>Looks on while a run trains, and shows its figures elsewhere: the component behind <c>observers: [ NAME ]</c>.</summary>
/// <remarks>
/// <para>An observer is told what <c>metrics.jsonl</c> holds, in that order, and has no influence on the run: nothing comes back.</para>
/// <para>A resumed run begins with empty folders and tells its observers everything from the first stage on, as the log has it up to
/// the checkpoint it goes on from. So an observer needs no memory, and never holds a figure twice or one that was taken back.</para>
/// <para>One that throws is switched off with a warning, and the run goes on. One that holds something open is also
/// <see cref="IDisposable"/>: disposed of when the run ends, however it ends. Calls come from one thread.</para>
/// </remarks>
public interface IRunObserver
{
    /// <summary>A stage begins.</summary>
    void StageStarted(StageStarted stage) { }

    /// <summary>Figures of training were logged, every <c>logEvery</c> steps.</summary>
    void Trained(TrainingFigures figures) { }

    /// <summary>A split was scored: dev while training, or an evaluate stage's.</summary>
    void Evaluated(EvaluationFigures figures) { }

    /// <summary>A stage is done; what it leaves is on the disk.</summary>
    void StageEnded(StageEnded stage) { }
}
