using PluginHost.Host.Foundation;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Apps.Sweeps;

/// <summary>Runs several versions of a pipeline one after the other and shows their figures in one table a stage.</summary>
/// <param name="runner">Runs one.</param>
/// <param name="view">What the user sees.</param>
public sealed class SweepRunner(IPipelineRunner runner, IRunView view)
{
    /// <summary>Runs what is not done yet. A run that fails of itself (a loss that is not a number) is told of and passed over.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="variants">The pipelines.</param>
    /// <param name="device">As in <see cref="RunRequest"/>.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The exit code: that of the first run that did not end well, 1 if some failed, or 0.</returns>
    public async Task<int> RunAsync(SweepFolder folder, IReadOnlyList<Variant> variants, string device, CancellationToken cancellation)
    {
        var failed = new List<string>();
        for (var i = 0; i < variants.Count; i++)
        {
            var (name, pipeline) = variants[i];
            var title = $"{(IsVariant(variants[i]) ? "Variant" : "Run")} {name} ({i + 1} of {variants.Count})";
            if (folder.IsDone(name, view.Warn))
            {
                view.Say($"{title} is done already.");
                continue;
            }
            view.Say(title);
            if (!folder.IsStarted(name)) SharedStages.Take(folder, variants, i, view);
            var run = folder.RunOf(name);
            var request = folder.IsStarted(name) ? new RunRequest(null, device, run) : new RunRequest(run, device, null);
            try
            {
                var code = await runner.RunAsync(pipeline, request, cancellation);
                if (code == ExitCodes.Done) continue;
                SayHowToGoOn(folder);
                return code;
            }
            catch (OperationCanceledException)
            {
                SayHowToGoOn(folder);
                throw;
            }
            catch (RunFailedException failure)
            {
                view.Warn($"Run {name} failed and is left out of the table: {failure.Message}");
                failed.Add(name);
            }
        }
        Show(folder, failed);
        return failed.Count > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private void SayHowToGoOn(SweepFolder folder) => view.Say($"Go on with all runs by: host run --resume {folder.Path}");

    private static bool IsVariant(Variant variant) => variant.Factors is [] or [{ Kind: FactorKind.Variant }];

    private void Show(SweepFolder folder, List<string> failed)
    {
        var runs = folder.Finished();
        var efficiency = LabelEfficiency.Of(runs);
        ResultTable[] tables = [.. SweepTables.Of(runs), .. efficiency.Select(e => e.Table())];
        foreach (var table in tables) view.Table(table);
        folder.Write(string.Join("\n", tables.Select(SweepTables.Markdown)), runs);
        foreach (var (curve, i) in efficiency.Select((e, i) => (e, i)))
        {
            var name = $"label-efficiency{(i == 0 ? "" : $"-{i + 1}")}.svg";
            view.Say($"Label efficiency as a picture: {folder.WriteFigure(name, curve.Svg())}");
        }
        if (failed.Count > 0) view.Warn($"{failed.Count} of {folder.Names.Count} runs failed: {string.Join(", ", failed)}.");
        view.Result($"Folder of all runs: {folder.Path}");
    }
}
