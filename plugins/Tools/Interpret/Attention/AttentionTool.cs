using System.Globalization;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Input;
using PluginHost.Libs.Tools.Strands;

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
        foreach (var (batch, _) in model.Batches(ListedSource.Probe, new() { TokensOnly = true }))
            new AttentionMaps(model, options).Of(batch);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var path = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        using var model = context.OpenModel(options.Model, options.Device);
        Check(model);
        var input = ToolInput.Open(context, options, build);
        using var folder = ResultFolder.Begin(Command, path, options.Force);
        var landscape = new Landscape(options.Align);
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
        using var table = folder.Write("maps.tsv");
        table.WriteLine($"# model: {model.Name}\n# values: {maps.What}\n# coordinates: 0-based; position in the sequence as it was read");
        table.WriteLine("id\tposition\tbase\tattention");
        List<(string, string)> figures = [];
        var joiner = new StrandJoiner<(Sample Sample, float[][] Heads)>(options.BothStrands,
            (forward, reverse) => (forward.Sample, [.. forward.Heads.Zip(reverse.Heads, StrandedSource.MeanOfBases)]));
        foreach (var (batch, places) in model.Batches(joiner.Read(input),
            new() { BatchTokens = options.BatchTokens ?? BatchTokens, TokensOnly = true, Stretch = 256 }))
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = maps.Of(batch);
            for (var b = 0; b < rows.Count; b++) joiner.Add(places[b], (batch.Samples[b], rows[b]));
            while (joiner.TryTake(out var map))
            {
                var (sample, heads) = map;
                var joined = maps.Joined(heads);
                Write(table, sample, joined);
                landscape.Add(sample.Fields.TryGetValue(options.By, out var value) ? $"{value}" : "all", joined);
                if (figures.Count < options.Figures) figures.Add(Figure(folder, figures.Count + 1, sample, heads));
            }
            context.Progress("sequences mapped", joiner.Taken, input.Count);
        }
        return figures;
    }

    private static void Write(StreamWriter table, Sample sample, float[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
            table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.Id}\t{i}\t{sample.Sequence[i]}\t{scores[i]}"));
    }

    private (string, string) Figure(ResultFolder folder, int number, Sample sample, float[][] heads)
    {
        var place = options.Base < sample.Sequence.Length ? options.Base : null;
        var shown = options.Head is { } head ? [.. heads.Select((h, i) => i == head - 1 ? h : new float[h.Length])] : heads;
        var svg = HeadPlot.Draw(sample.Sequence, place, shown, options.Threshold);
        folder.Add($"heads-{number}.svg", svg);
        return ($"{sample.Id}: shares of at least {options.Threshold.ToString(CultureInfo.InvariantCulture)}, one colour a head.", svg);
    }

    private void WriteLandscape(ResultFolder folder, Landscape landscape, Page page, string what, ToolContext context)
    {
        using (var table = folder.Write("landscape.tsv"))
        {
            table.WriteLine("class\tposition\tmean\tstandard_deviation\tsequences");
            foreach (var (name, _) in landscape.Classes)
                foreach (var (position, mean, deviation, count) in landscape.Of(name))
                    table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{position}\t{mean:g6}\t{deviation:g6}\t{count}"));
        }
        var shares = new ResultTable("", ["class", "sequences", "peak", "share near the site", "share if even", "ratio"]);
        foreach (var (name, sequences) in landscape.Classes)
        {
            var (share, even, peak) = landscape.Near(name, options.Site, options.Around);
            shares.Add(name, $"{sequences}", $"{peak}", Number(share), Number(even), Number(share / even));
        }
        folder.Add("summary.tsv", string.Concat(shares.Rows.Prepend(shares.Columns).Select(r => string.Join('\t', r) + "\n")));
        context.Show(shares);
        var svg = landscape.Draw("mean attention", options.Site);
        folder.Add("landscape.svg", svg);
        page.Note(what).Heading("Landscape").Figure(svg, "Mean over the sequences of each class; the deviations are in landscape.tsv.")
            .Table(shares.Columns, shares.Rows)
            .Say($"The site is base {options.Site} of the axis with {options.Around} on each side. Where the peak lies elsewhere, or the "
                + "ratio is not above 1, attention does not point at it.")
            .Heading("Heads");
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
