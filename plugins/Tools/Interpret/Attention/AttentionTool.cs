using System.Globalization;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;
using PluginHost.Libs.Tools.Strands;
using PluginHost.Plugins.Interpret.Tables;

namespace PluginHost.Plugins.Interpret.Attention;

using static TorchSharp.torch;

/// <summary><c>host interpret attention</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class AttentionTool(AttentionOptions options, BuildContext build) : ITool
{
    private const string Command = "interpret attention";

    // A batch's probabilities grow with it, and there is little else to gain from a large one: maps are written one by one.
    private const int BatchTokens = 1024;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => ToolInput.Files(options, build);

    /// <inheritdoc/>
    public void Check(TrainedModel model)
    {
        using var scope = NewDisposeScope();
        var maps = new AttentionMaps(model, options, probes: true);
        var predicted = PredictedClass.Wanted(options.By) ? new PredictedClass(model) : null;
        foreach (var (batch, _) in model.Batches(ListedSource.ProbeOf(model), new() { TokensOnly = predicted is null })) maps.Of(batch);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var path = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        Check(model);
        var input = ToolInput.Open(context, options, build);
        using var folder = ResultFolder.Begin(Command, path, options.Force);
        var landscape = new Landscape(options.Align, options.Site, options.Around);
        var page = new Page($"Attention of {model.Name}");
        var figures = Read(model, input, folder, landscape, context, cancellation);
        WriteLandscape(folder, landscape, page, new AttentionMaps(model, options).What, context);
        foreach (var (caption, svg) in figures) page.Figure(svg, caption);
        folder.Add("report.html", page.Html());
        folder.Commit();
        context.Say($"{Wording.Counted(input.Count, "sequence")} mapped: {path}");
        return Task.FromResult(0);
    }

    private List<(string Caption, string Svg)> Read(TrainedModel model, ISampleSource input, ResultFolder folder, Landscape landscape,
        ToolContext context, CancellationToken cancellation)
    {
        var maps = new AttentionMaps(model, options);
        var predicted = PredictedClass.Wanted(options.By) ? new PredictedClass(model) : null;
        using var table = new BaseTable(folder, "maps", options.Table, [$"model: {model.Name}", $"values: {maps.What}"],
            [new("attention", typeof(float))]);
        List<(string, string)> figures = [];
        var joiner = new StrandJoiner<(Sample Sample, float[][] Heads)>(options.BothStrands,
            (forward, reverse) => (forward.Sample, [.. forward.Heads.Zip(reverse.Heads, StrandedSource.MeanOfBases)]));
        foreach (var made in model.Batches(joiner.Read(input),
            new() { BatchTokens = options.BatchTokens ?? BatchTokens, TokensOnly = predicted is null, Stretch = 256 }))
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = maps.Of(made.Batch);
            var samples = predicted?.Name(made) ?? made.Batch.Samples;
            for (var b = 0; b < rows.Count; b++) joiner.Add(made.Places[b], (samples[b], rows[b]));
            while (joiner.TryTake(out var map))
            {
                var (sample, heads) = map;
                var joined = maps.Joined(heads);
                table.Add(sample, at => [BaseTable.Number(joined[at])]);
                if (predicted is null && options.By != Sample.LabelField && !sample.Fields.ContainsKey(options.By))
                    throw new DataException($"--by {options.By}: {sample.Where} has no such field; it has: "
                        + $"{string.Join(", ", sample.Fields.Keys.DefaultIfEmpty("none"))}.");
                landscape.Add(sample.Fields.TryGetValue(options.By, out var value) ? $"{value}" : "all", joined);
                if (figures.Count < options.Figures) figures.Add(Figure(folder, figures.Count + 1, sample, heads));
            }
            context.Progress("sequences mapped", joiner.Taken, input.Count);
        }
        table.Finish();
        return figures;
    }

    private (string, string) Figure(ResultFolder folder, int number, Sample sample, float[][] heads)
    {
        var place = options.Base < sample.Sequence.Length ? options.Base : null;
        var shown = options.Head is { } head ? [.. heads.Select((h, i) => i == head - 1 ? h : new float[h.Length])] : heads;
        var threshold = options.Threshold ?? HeadPlot.Strongest(shown);
        var svg = HeadPlot.Draw(sample.Sequence, place, shown, threshold);
        folder.Add($"heads-{number}.svg", svg);
        return (string.Create(CultureInfo.InvariantCulture, $"{sample.Id}: shares of at least {threshold:0.####}")
            + $"{(options.Threshold is null ? ", the strongest 5 % of this sequence's" : "")}, one colour a head.", svg);
    }

    private void WriteLandscape(ResultFolder folder, Landscape landscape, Page page, string what, ToolContext context)
    {
        using (var table = folder.Write("landscape.tsv"))
        {
            table.WriteLine("# low, high: 95 % interval of the mean, by the normal distribution");
            table.WriteLine("class\tposition\tmean\tlow\thigh\tstandard_deviation\tsequences");
            foreach (var (name, _) in landscape.Classes)
                foreach (var (position, mean, half, deviation, count) in landscape.Of(name))
                    table.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{name}\t{position}\t{mean:g6}\t{mean - half:g6}\t{mean + half:g6}\t{deviation:g6}\t{count}"));
        }
        var shares = new ResultTable("", ["class", "sequences", "peak", "share near the site", "95 % interval", "share if even", "ratio"]);
        foreach (var (name, sequences) in landscape.Classes)
        {
            var (share, half, even, peak) = landscape.Near(name);
            shares.Add(name, $"{sequences}", $"{peak}", Number(share), $"{Number(share - half)} to {Number(share + half)}", Number(even),
                Number(share / even));
        }
        folder.Add("summary.tsv", string.Concat(shares.Rows.Prepend(shares.Columns).Select(r => string.Join('\t', r) + "\n")));
        context.Show(shares);
        var svg = landscape.Draw("mean attention");
        folder.Add("landscape.svg", svg);
        page.Note(what).Heading("Landscape").Figure(svg, "Mean over the sequences of each class with its 95 % interval.")
            .Table(shares.Columns, shares.Rows)
            .Say($"The site is base {options.Site} of the axis with {options.Around} on each side. Where the peak lies elsewhere, or the "
                + "ratio is not above 1, attention does not point at it.")
            .Heading("Heads");
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "-";
}
