using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Tracks;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;
using PluginHost.Plugins.Scan.Journal;
using PluginHost.Plugins.Scan.Outputs;
using PluginHost.Plugins.Scan.Report;
using PluginHost.Plugins.Scan.Tracks;
using PluginHost.Plugins.Scan.Truth;
using PluginHost.Plugins.Scan.Windows;

namespace PluginHost.Plugins.Scan;

/// <summary><c>host scan</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class ScanTool(ScanOptions options, BuildContext build) : ITool
{
    private const int CpuTokens = 4096, GpuTokens = 1 << 16;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => ScanInput.Files(options, build);

    /// <inheritdoc/>
    public void Check(TrainedModel model) => Index(new ModelOutputs(model));

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        List<string> inputs = [.. Files,
            .. options.Model.Length > 0 ? [ScanIdentity.ModelFolder(build.ResolvePath(options.Model))] : (string[])[]];
        var outputs = new ScanOutputs(options, context, inputs);
        var report = options.Report is { } folder ? ScanReport.Check(context.OutputPath(folder), options.Force, inputs) : null;
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        var asked = new ModelOutputs(model);
        var index = Index(asked);
        var threshold = Threshold(asked, outputs.Has(Content.Peaks) || options.Truth is not null);
        if (asked.Kind == OutputKind.BaseClasses && outputs.Has(Content.Windows))
            throw new UsageException($"{model.Name} labels tokens: it says nothing of whole windows; write a track or peaks.");
        var input = ScanInput.Open(options, build, context);
        var window = options.Window ?? FittingWindow.Of(model, input.Stretches);
        var stride = options.Stride ?? Math.Max(1, window / 2);
        if (stride > window)
            throw new UsageException($"--stride {stride:N0} is more than a window, {window:N0} bases; bases between would never be read.");
        var plan = new WindowPlan(input.Stretches, window, stride, options.MaxN);
        if (plan.Count == 0)
            throw new DataException(
                $"All {plan.Skipped:N0} windows are left out: more than {options.MaxN:P0} of their bases are not A, C, G or "
                + "T. Raise --max-n, or give a shorter --window.");
        if (options.Window is not null) FittingWindow.RefuseLonger(model, new WindowSource(plan, 0).Get(0, new SeededRandom(0)));
        var truth = options.Truth is { } path
            ? new TruthFigures(new TruthPlaces(build.ResolvePath(path), input), options.Tolerance, threshold!.Value) : null;
        var scan = new Scan(model, asked, index, plan, truth)
        {
            Merge = options.Merge, Bin = options.Bin, Threshold = threshold, MergeDistance = options.MergeDistance,
            MinLength = options.MinLength,
            BothStrands = options.BothStrands, Window = window, Stride = stride,
            BatchTokens = options.BatchTokens ?? (model.Device.type == TorchSharp.DeviceType.CUDA ? GpuTokens : CpuTokens),
            Overview = new(asked.Names[index], asked.IsProbability, [.. input.Stretches.Select(s => (s.Record.Name, s.Start, s.Length))]),
        };
        var said = Said(model, asked, index, window, stride, plan);
        context.Say(said[0]);
        using (var journal = Journal(context, outputs, scan.Width, window, stride))
        {
            if (journal is { Count: > 0 })
                context.Say($"A scan that was stopped goes on: {Wording.Counted(journal.Count, "window")} of {plan.Count:N0} are done.");
            try
            {
                outputs.Write(Facts(model, asked, index, window, stride, threshold, input), sinks =>
                    scan.Run(sinks, journal, context, cancellation));
            }
            catch (OperationCanceledException) when (journal is not null)
            {
                journal.Flush();
                context.Say($"Stopped with {Wording.Counted(journal.Count, "window")} of {plan.Count:N0} done; the same command goes on "
                    + "there.");
                throw;
            }
            journal?.Remove();
        }
        var tables = Tables(plan, scan, truth);
        if (truth is not null) scan.Overview.Mark(truth.Places);
        report?.Write($"Scan by {model.Name}", said, tables, scan.Overview, truth);
        foreach (var sentence in said.Skip(1)) context.Say(sentence);
        if (outputs.Main.IsStandardOutput) return Task.FromResult(ExitCodes.Done);
        foreach (var table in tables) context.Show(table);
        return Task.FromResult(ExitCodes.Done);
    }

    private string Merged => options.Merge switch
    {
        Merge.Mean => "mean over the windows that cover a base",
        Merge.Maximum => "maximum over the windows that cover a base",
        _ => "the window around whose middle a base lies",
    };

    private int Index(ModelOutputs asked) => asked.Index(options.Class, "--class");

    private double? Threshold(ModelOutputs asked, bool needed) => options.Threshold ?? (asked.IsProbability ? 0.5
        : needed ? throw new UsageException("The model's outputs are no probabilities: say with --threshold where peaks begin.") : null);

    private ScanJournal? Journal(ToolContext context, ScanOutputs outputs, int width, int window, int stride) =>
        options.Model.Length == 0 || outputs.Main.IsStream ? null : ScanJournal.Open(
            ScanJournal.PathOf(outputs.Main.Path), ScanIdentity.Of(options, build, Files, window, stride, context), width, options.Force);

    private List<string> Said(TrainedModel model, ModelOutputs asked, int index, int window, int stride, WindowPlan plan)
    {
        List<string> said =
        [
            $"{Wording.Counted(plan.Count, "window")} of {window:N0} bases, {stride:N0} from each to the next, over {plan.Bases:N0} bases"
                + $"{(options.BothStrands ? ", both strands" : "")}; output '{asked.Names[index]}' of {model.Name}.",
        ];
        if (plan.Skipped > 0)
            said.Add($"{Wording.Counted(plan.Skipped, "window")} left out: more than "
                + $"{options.MaxN.ToString("P0", CultureInfo.InvariantCulture)} of their bases are not A, C, G or T "
                + $"(--max-n). They leave {Wording.Counted(plan.Uncovered, "base")} ({Wording.Share(plan.Uncovered, plan.Bases)}) "
                    + $"without a value.");
        return said;
    }

    private ScanFacts Facts(TrainedModel model, ModelOutputs asked, int index, int window, int stride, double? threshold,
        ScanInput input) => new()
        {
            Comments =
        [
            $"model: {model.Name}",
            string.Create(CultureInfo.InvariantCulture,
                $"windows: {window} bases, stride {stride}{(options.BothStrands ? ", mean of both strands" : "")}"),
        ],
            Track = string.Create(CultureInfo.InvariantCulture,
            $"track: '{asked.Names[index]}', {Merged}, bins of {options.Bin}"),
            Peaks = string.Create(CultureInfo.InvariantCulture,
            $"peaks: track at least {threshold}, joined over {options.MergeDistance} bases, at least {options.MinLength} bases; score: "
                + $"1000 times the maximum"
            + $"{(asked.IsProbability ? "" : " by twice the threshold")}"),
            Output = asked.Names[index], Columns = asked.Names, Chromosomes = input.Chromosomes,
            Step = Math.Max(options.Bin, asked.Kind == OutputKind.BaseClasses ? 1 : stride),
            Top = asked.IsProbability ? 1 : (float)Math.Max(1e-6, Math.Abs(2 * (threshold ?? 1))),
        };

    private static List<ResultTable> Tables(WindowPlan plan, Scan scan, TruthFigures? truth)
    {
        var done = new ResultTable("scan", ["", "count"]);
        done.Add("windows", $"{plan.Count:N0}").Add("windows left out", $"{plan.Skipped:N0}").Add("bases", $"{plan.Bases:N0}")
            .Add("bases without a value", $"{plan.Bases - scan.Covered:N0}");
        if (scan.Peaks is { } peaks) done.Add("peaks", $"{peaks:N0}");
        if (truth is null) return [done];
        var figures = new ResultTable("against the truth", ["", .. truth.Windows.Select(f => f.Name)]);
        figures.Add(["peaks", .. Cells(truth.Peaks), "-", "-", "-"]).Add(["windows", .. Cells(truth.Windows)]);
        figures.Notes.Add($"{truth.Positive:N0} of {plan.Count:N0} windows are positive.");
        return [done, figures];
    }

    private static IEnumerable<string> Cells(IEnumerable<(string, double Value)> figures) =>
        figures.Select(f => f.Value.ToString("0.0000", CultureInfo.InvariantCulture));
}
