using PluginHost.Libs.Attribution;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;
using PluginHost.Plugins.Interpret.Tables;

namespace PluginHost.Plugins.Interpret.Attribution;

/// <summary><c>host interpret attribute</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class AttributeTool(AttributeOptions options, BuildContext build) : ITool
{
    private const string Command = "interpret attribute";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => ToolInput.Files(options, build);

    /// <inheritdoc/>
    public void Check(TrainedModel model) => _ = new Attributor(model, options);

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var output = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        var attributor = new Attributor(model, options);
        foreach (var sentence in attributor.LeftOut) context.Say(sentence);
        var input = ToolInput.Open(context, options, build);
        if (input.Count == 0) throw new DataException($"{options.Input[0]} holds no sequence.");
        var report = new AttributionReport(model.Name, attributor, options.Steps);
        List<Attributed> first = [];
        using var folder = ResultFolder.Begin(Command, output, options.Force);
        var columns = attributor.Columns;
        using (var table = new BaseTable(folder, "scores", options.Table,
            [$"model: {model.Name}", "Scores of tokens are spread to bases as the mean over the tokens that cover them."],
            [new("output", typeof(string)), .. columns.Select(c => new TableColumn(c, typeof(float)))]))
        {
            for (var i = 0L; i < input.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var sample = input.Get(i, new SeededRandom(0, (ulong)i));
                ModelLimit.RefuseUnfit(model, sample);
                var found = attributor.Of(sample, cancellation);
                table.Add(sample, at =>
                    [attributor.OutputName(found.Target), .. columns.Select(c => BaseTable.Number(found.Columns[c][at]))]);
                report.Add(found);
                if (i < options.Check) first.Add(found);
                if (i < options.Logos) report.Draw(folder, found, $"logos/{i + 1:0000}");
                context.Progress("sequences attributed", i + 1, input.Count);
            }
            table.Finish();
        }
        if (first.Count > 0) Shuffle(model, attributor, first, report, context, cancellation);
        report.Write(folder);
        folder.Add("report.html", report.Html());
        context.Show(report.Agreements());
        if (first.Count > 0) context.Show(report.Check);
        context.Say($"{Wording.Counted(input.Count, "sequence")} attributed: {options.Output}");
        folder.Commit();
        return Task.FromResult(0);
    }

    private void Shuffle(TrainedModel model, Attributor attributor, List<Attributed> first, AttributionReport report, ToolContext context,
        CancellationToken cancellation)
    {
        var held = new Stack<ShuffledWeights>();
        try
        {
            if (!options.Cascade) Again("all weights", new(model, 1));
            else foreach (var (name, weights) in ShuffledWeights.FromTheTop(model)) Again(name, new(weights, (ulong)held.Count + 1));
        }
        finally
        {
            while (held.TryPop(out var shuffled)) shuffled.Dispose();
        }

        void Again(string stage, ShuffledWeights shuffled)
        {
            held.Push(shuffled);
            var again = new List<Attributed>();
            foreach (var trained in first)
            {
                again.Add(attributor.Of(trained.Sample, cancellation, trained.Target));
                context.Progress($"sequences attributed with shuffled weights ({stage})", again.Count, first.Count);
            }
            report.Shuffled(stage, [.. first.Zip(again)]);
        }
    }
}
