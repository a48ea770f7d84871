using System.Globalization;
using PluginHost.Libs.Attribution;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

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
        using var model = context.OpenModel(options.Model, options.Device);
        var attributor = new Attributor(model, options);
        foreach (var sentence in attributor.LeftOut) context.Say(sentence);
        var input = ToolInput.Open(context, options, build);
        if (input.Count == 0) throw new DataException($"{options.Input[0]} holds no sequence.");
        var report = new AttributionReport(model.Name, attributor, options.Steps);
        List<Attributed> first = [];
        using var folder = ResultFolder.Begin(Command, output, options.Force);
        using (var writer = folder.Write("scores.tsv"))
        {
            writer.Write(
                $"# model: {model.Name}\n# position: in the sequence, 0-based. start: on the chromosome's forward strand, 0-based; empty "
                + "where it is not known. Scores of tokens are spread to bases as the mean over the tokens that cover them.\n");
            var columns = attributor.Columns;
            var table = new DelimitedTable(writer, [.. ((string[])["id", "chromosome", "start", "strand", "position", "base", "output"])
                .Select(n => new TableColumn(n, typeof(string))), .. columns.Select(c => new TableColumn(c, typeof(float)))], '\t');
            for (var i = 0L; i < input.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var sample = input.Get(i, new SeededRandom(0, (ulong)i));
                ModelLimit.RefuseUnfit(model, sample);
                var found = attributor.Of(sample, cancellation);
                Add(table, found, columns, attributor);
                report.Add(found);
                if (i < options.Check) first.Add(found);
                if (i < options.Logos) report.Draw(folder, found, $"logos/{i + 1:0000}");
                context.Progress("sequences attributed", i + 1, input.Count);
            }
            table.Finish();
        }
        if (first.Count > 0) report.Shuffled(Again(model, attributor, first, context, cancellation));
        folder.Add("report.html", report.Html());
        context.Show(report.Agreements());
        if (report.Check is { } check) context.Show(check);
        context.Say($"{Wording.Counted(input.Count, "sequence")} attributed: {options.Output}");
        folder.Commit();
        return Task.FromResult(0);
    }

    private static IEnumerable<(Attributed Trained, Attributed Shuffled)> Again(
        TrainedModel model, Attributor attributor, List<Attributed> first, ToolContext context, CancellationToken cancellation)
    {
        using var shuffled = new ShuffledWeights(model, 1);
        var pairs = new List<(Attributed, Attributed)>();
        foreach (var trained in first)
        {
            pairs.Add((trained, attributor.Of(trained.Sample, cancellation, trained.Target)));
            context.Progress("sequences attributed with shuffled weights", pairs.Count, first.Count);
        }
        return pairs;
    }

    private static void Add(DelimitedTable table, Attributed found, IReadOnlyList<string> columns, Attributor attributor)
    {
        var (sample, length) = (found.Sample, found.Sample.Sequence.Length);
        for (var i = 0; i < length; i++)
        {
            var place = sample.Place?.Within(i, i + 1, length);
            table.Add([sample.Id, place?.Chromosome ?? "", place?.Start.ToString(CultureInfo.InvariantCulture) ?? "",
                place is null ? "" : $"{place.Strand}", (long)i, $"{sample.Sequence[i]}", attributor.OutputName(found.Target),
                .. columns.Select(c => float.IsFinite(found.Columns[c][i]) ? found.Columns[c][i] : (object?)null)]);
        }
    }
}
