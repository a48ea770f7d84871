using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Input;
using PluginHost.Plugins.Variants.Report;
using PluginHost.Plugins.Variants.Truth;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary><c>host variants score</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class ScoreTool(ScoreOptions options, BuildContext build) : ITool
{
    // Lines that are scored together: what windows have in common is found among them. Fewer of long windows, whose progress is slow.
    private const int MostLines = 1024, FewestLines = 16, BasesAtOnce = 1 << 16;
    private const int MostBases = 512;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files =>
    [
        build.ResolvePath(options.Variants), build.ResolvePath(options.Genome),
        .. options.Training is { } training ? [build.ResolvePath(training)] : Array.Empty<string>(),
    ];

    /// <inheritdoc/>
    public void Check(TrainedModel model)
    {
        RefuseIdle();
        _ = new ScorerSet(model, options, _ => { });
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        RefuseIdle();
        var output = OutputFile.Check(context.OutputPath(options.Output), options.Force, Files);
        var report = options.Report is not { } folder ? null
            : ResultFolder.Check(ScoreReport.Command, context.OutputPath(folder), options.Force, [.. Files, options.Output]);
        var reader = new VariantReader(Files[0], options.Sequence, [.. Asked()]);
        reader.ReadHeader();
        var training = options.Training is null ? null : new TrainingRegions(Files[2]);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        var scorers = new ScorerSet(model, options, context.Say);
        var window = Window(model);
        var windows = VariantWindows.Open(Files[1], options.Sequence, window, context);
        var truth = options.Truth is null ? null : new TruthTable(scorers.Columns, options.Conservation is not null);
        var summary = new ScoreSummary(windows, training);
        var drawn = new DrawnScores();
        output.Write(stream =>
        {
            ScoreColumn[] written = [.. scorers.Columns, .. training is null ? Array.Empty<ScoreColumn>() : [TrainingRegions.Column]];
            var file = new ScoreFile(output, stream, reader, written, model.Name);
            foreach (var lines in reader.Lines().Chunk(Math.Clamp(BasesAtOnce / window, FewestLines, MostLines)))
            {
                var pairs = lines.Select(windows.Of).ToList();
                windows.RefuseOtherBuild(options.MaxMismatch);
                var rows = new Queue<double[]>(scorers.Score([.. pairs.SelectMany(p => p).OfType<WindowPair>()], cancellation));
                foreach (var (line, of) in lines.Zip(pairs))
                    file.Add(line, [.. of.Select((pair, a) => pair is null ? null : Take(line, a, pair, rows.Dequeue()))]);
                context.Progress("alleles scored", summary.Scored, null);
            }
            windows.RefuseOtherBuild(options.MaxMismatch, atEnd: true);
            if (summary.Scored == 0) throw new DataException($"{DataFile.Show(Files[0])}: no allele could be scored{summary.Reasons}.");
            if (truth is { Alleles.Count: 0 })
                throw new DataException($"--truth {options.Truth}: no allele that was scored has a number there.");
            file.Finish();
        });
        context.Say($"{Wording.Counted(summary.Scored, "allele")} scored: {output.Path}");
        foreach (var sentence in summary.Warnings) context.Warn(sentence);
        foreach (var sentence in summary.Remarks) context.Say(sentence);
        List<TruthComparison> comparisons = [.. truth?.Compare(cancellation) ?? []];
        foreach (var comparison in comparisons) context.Show(comparison.Table);
        if (report is not null)
            new ScoreReport(options, model.Name, window, scorers.Columns).Write(report, summary, drawn, truth, comparisons);
        return Task.FromResult(ExitCodes.Done);

        double[] Take(VariantLine line, int allele, WindowPair pair, double[] row)
        {
            summary.Scored++;
            drawn.Add(row);
            var inside = training?.Cover(pair) ?? false;
            truth?.Add(pair, row, line.Number(0, allele), line.Number(1, allele), inside);
            return training is null ? row : [.. row, inside ? 1 : 0];
        }
    }

    private void RefuseIdle()
    {
        if (options.Conservation is not null && options.Truth is null)
            throw new UsageException("--conservation is compared with --truth; give that too.");
    }

    private IEnumerable<(string Option, string Name)> Asked()
    {
        if (options.Truth is { } truth) yield return ("--truth", truth);
        if (options.Conservation is { } conservation) yield return ("--conservation", conservation);
    }

    private int Window(TrainedModel model) =>
        options.Window ?? Math.Max(3, Math.Min(MostBases, (model.Backbone.Shape.MaxTokens ?? MostBases + 2) - 2));
}
