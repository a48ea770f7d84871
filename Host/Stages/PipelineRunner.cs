using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Host.Training.Observers;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Stages;

/// <summary>Runs pipelines stage by stage, and uses trained models.</summary>
/// <param name="components">Builds components.</param>
/// <param name="view">What the user sees.</param>
public sealed class PipelineRunner(IComponentFactory components, IRunView view) : IPipelineRunner
{
    /// <inheritdoc/>
    public Task<int> RunAsync(PipelineDefinition pipeline, RunRequest request, CancellationToken cancellation) => Use(() =>
    {
        var device = Compute.Select(request.Device);
        if (request.Resume is null) RunLock.Hold(pipeline, components);
        if (PipelineBuildContext.StartOf(pipeline) is { } start) PartPlugins.Pin(ModelCard.Read(start), start, components, view.Warn);
        using var models = new OpenedModels(components, device.ToString(), view.Warn);
        var context = new PipelineBuildContext(components, pipeline, models: models);
        // Everything that can be wrong with pipeline and data comes out before a folder is made.
        var stages = new StagePlanner(pipeline, components, context).Plan();
        var observers = RunObservers.Build(pipeline.Observers, context);
        var soundness = Soundness.Of(pipeline, context, stages, cancellation);
        Preflight.ReadRows(stages, context.Tokenizer, context.Backbone.Shape.MaxTokens ?? int.MaxValue, cancellation);
        ContractTrial.Run(stages, context.Tokenizer, device, cancellation);
        Preflight.TryMetrics(stages, context.Tokenizer, device, cancellation);
        Preflight.TryTools(stages, pipeline, context, device);
        using var folder = request.Resume is { } resume
            ? RunFolder.Resume(resume, pipeline.ResolvedYaml)
            : RunFolder.Create(request.Output ?? RunFolder.DefaultPath(pipeline.Name, TimeProvider.System.GetLocalNow()),
                pipeline.ResolvedYaml);
        using var watching = new RunObservers(observers, folder, pipeline.Name, view.Warn);
        var session = new RunSession(pipeline, components, context, stages, folder, device, view)
        {
            Observers = watching, Soundness = soundness,
        };
        return Run(session, cancellation);
    }, cancellation);

    /// <inheritdoc/>
    public Task<int> CheckAsync(PipelineDefinition pipeline, RunRequest request, CancellationToken cancellation) =>
        Use(() =>
        {
            RunLock.Hold(pipeline, components);
            return PipelineCheck.Run(pipeline, components, Compute.Select(request.Device), view, cancellation);
        }, cancellation);

    /// <inheritdoc/>
    public Task<int> PredictAsync(UseRequest request, CancellationToken cancellation) =>
        Use(() =>
        {
            var output = UseOutput.Check(request);
            return Load(request.Model, request.Adapter, request.Device).Predict(request, output, view, cancellation);
        }, cancellation);

    /// <inheritdoc/>
    public Task<int> EvaluateAsync(UseRequest request, CancellationToken cancellation) =>
        Use(() =>
        {
            var output = request.Output is null ? null : UseOutput.Check(request);
            if (output is { IsStandardOutput: true })
                throw new UsageException($"--output {request.Output}: the figures go to standard output; name a file for the table.");
            return Load(request.Model, request.Adapter, request.Device).Evaluate(request, output, view, cancellation);
        }, cancellation);

    /// <inheritdoc/>
    public Task<int> MergeAsync(MergeRequest request, CancellationToken cancellation) =>
        Use(() =>
        {
            var folder = OutputFolder.Check(
                request.Output, request.Force, SealedFolder.Files, ModelCard.Find(request.Model), request.Adapter ?? "");
            return Load(request.Model, request.Adapter, "cpu").Merge(folder, view);
        }, cancellation);

    private ModelUse Load(string model, string? adapter, string device) => ModelUse.Load(model, adapter, device, components, view.Warn);

    private Task<int> Use(Func<int> command, CancellationToken cancellation) => CommandThread.Run(components, command, cancellation);

    private int Run(RunSession session, CancellationToken asked)
    {
        var cancellation = session.Folder.Watch(asked);
        using var running = RunInProgress.Begin(why => RunJournal.Failed(session, why, view));
        try
        {
            RunJournal.Begin(session);
            view.Say($"Run folder: {session.Folder.Path}");
            foreach (var note in session.Stages.SelectMany(s => s.Data.Notes.Concat(s.Model.Backbone.Notes)).Distinct()) view.Say(note);
            foreach (var note in session.Stages.SelectMany(s => s.HeadNotes)) view.Say(note);
            session.Soundness.Tell(session.Stages, view);
            Preflight.DiskSpace(session.Folder, session.Stages,
                session.Stages[0].Model.Parameters().Sum(p => p.Parameter.NumberOfElements * 4), view);
            foreach (var parts in session.Stages)
            {
                cancellation.ThrowIfCancellationRequested();
                switch (parts.Definition.Kind)
                {
                    case StageKind.Pretrain or StageKind.Finetune: TrainStage.Run(session, parts, cancellation); break;
                    case StageKind.Evaluate: EvaluateStage.Run(session, parts, cancellation); break;
                    case StageKind.Predict: PredictStage.Run(session, parts, cancellation); break;
                    case StageKind.Tool: ToolStage.Run(session, parts, cancellation); break;
                    default: throw new UsageException($"{parts.Definition.Origin}: unknown kind of stage {parts.Definition.Kind}.");
                }
            }
            RunJournal.Done(session);
            view.Result($"Run folder: {session.Folder.Path}");
            if (session.Stages.Any(s => s.Trains && s.Objective.Card.OutputNames.Count > 0))
                view.Say($"Use the model with: host predict {session.Folder.Path} DATA");
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            session.Folder.RequireThere();
            RunJournal.End(session, "interrupted", null);
            view.Say($"Interrupted. What was done is saved; go on with: host run --resume {session.Folder.Path}");
            return ExitCodes.Interrupted;
        }
        catch (Exception failure)
        {
            RunJournal.Failed(session, Blame.Explain(failure, components, cancellation) ?? failure, view);
            throw;
        }
    }
}
