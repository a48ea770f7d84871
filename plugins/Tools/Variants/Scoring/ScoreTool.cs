using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Variants;
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
    private const int FewChecked = 100;

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
        Scorers(model, _ => { });
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        RefuseIdle();
        var output = OutputFile.Check(context.OutputPath(options.Output), options.Force, Files);
        var reader = new VariantReader(Files[0], options.Sequence, [.. Asked()]);
        reader.ReadHeader();
        var training = options.Training is null ? null : new TrainingRegions(Files[2]);
        using var model = context.OpenModel(options.Model, options.Device);
        var scorers = Scorers(model, context.Say);
        var columns = scorers.SelectMany(s => s.Columns).ToList();
        var window = Window(model);
        var windows = new VariantWindows(OpenGenome(context, out var only), window, only);
        var truth = options.Truth is null ? null : new TruthTable(columns, options.Conservation is not null);
        var scored = 0L;
        output.Write(stream =>
        {
            ScoreColumn[] written = [.. columns, .. training is null ? Array.Empty<ScoreColumn>() : [TrainingRegions.Column]];
            var file = new ScoreFile(output, stream, reader, written, model.Name);
            foreach (var lines in reader.Lines().Chunk(Math.Clamp(BasesAtOnce / window, FewestLines, MostLines)))
            {
                var pairs = lines.Select(windows.Of).ToList();
                if (windows.Checked >= FewChecked) windows.RefuseOtherBuild(options.MaxMismatch);
                var known = pairs.SelectMany(p => p).OfType<WindowPair>().ToList();
                var rows = new Queue<double[]>(known.Count == 0 ? [] : Score(scorers, known, cancellation));
                for (var l = 0; l < lines.Length; l++)
                {
                    var of = new double[]?[pairs[l].Length];
                    for (var a = 0; a < of.Length; a++)
                    {
                        if (pairs[l][a] is not { } pair) continue;
                        var row = of[a] = rows.Dequeue();
                        var inside = training?.Cover(pair) ?? false;
                        if (training is not null) of[a] = [.. row, inside ? 1 : 0];
                        truth?.Add(pair, row, lines[l].Numbers[0][a], lines[l].Numbers.ElementAtOrDefault(1)?[a] ?? double.NaN, inside);
                    }
                    file.Add(lines[l], of);
                }
                scored += known.Count;
                context.Progress("alleles scored", scored, null);
            }
            windows.RefuseOtherBuild(options.MaxMismatch);
            if (scored == 0) throw new DataException($"{DataFile.Show(Files[0])}: no allele could be scored{windows.Reasons}.");
            file.Finish();
        });
        Tell(context, windows, scored, output.Path);
        if (training is not null)
            context.Say($"In regions of --training: {Wording.Share(training.Inside, training.Count)} of the alleles "
                + $"({training.Inside:N0} of {training.Count:N0}); windows that share a base with one: "
                + $"{Wording.Share(training.WindowsTouch, training.Count)}.");
        foreach (var table in truth?.Compare(cancellation) ?? []) context.Show(table);
        return Task.FromResult(ExitCodes.Done);
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

    private double[][] Score(List<IVariantScorer> scorers, List<WindowPair> pairs, CancellationToken cancellation)
    {
        var rows = Join([.. scorers.Select(s => s.Score(pairs, cancellation))], pairs.Count);
        if (!options.BothStrands) return rows;
        var turned = pairs.Select(p => p.Turned()).ToList();
        var others = Join([.. scorers.Select(s => s.Score(turned, cancellation))], pairs.Count);
        return [.. rows.Zip(others, (one, other) => one.Zip(other, (a, b) => (a + b) / 2).ToArray())];
    }

    private static double[][] Join(double[][][] parts, int count) =>
        [.. Enumerable.Range(0, count).Select(r => parts.SelectMany(p => p[r]).ToArray())];

    private List<IVariantScorer> Scorers(TrainedModel model, Action<string> say)
    {
        List<IPassReader> readers = [];
        List<IVariantScorer> others = [];
        foreach (var kind in options.Score.Length > 0 ? options.Score.Distinct() : Enum.GetValues<ScoreKind>().Except([ScoreKind.Pseudo]))
        {
            try
            {
                if (kind == ScoreKind.Outputs) readers.Add(new OutputScorer(model));
                else if (kind == ScoreKind.States) readers.Add(new StateScorer(model, options));
                else if (kind == ScoreKind.Span) others.Add(new SpanScorer(model, options.BatchTokens));
                else others.Add(new LikelihoodScorer(model, kind, options.BatchTokens));
            }
            catch (UsageException missing)
                when (options.Score.Length == 0 && (options.Layer is null || kind != ScoreKind.States))
            {
                say($"{kind.ToString().ToLowerInvariant()} scores are left out: {missing.Message}");
            }
        }
        if (readers.Count > 0) others.Insert(0, new PassScorer(model, readers, options.BatchTokens));
        return others.Count > 0 ? others : throw new UsageException($"{model.Name} offers no score; name one with --score to learn why.");
    }

    private int Window(TrainedModel model) =>
        options.Window ?? Math.Max(3, Math.Min(MostBases, (model.Backbone.Shape.MaxTokens ?? MostBases + 2) - 2));

    private Genome OpenGenome(ToolContext context, out FastaRecord? only)
    {
        var genome = new Genome(Genome.Open(Files[1], context.Progress));
        only = options.Sequence is { } name ? genome.Find(name, "--sequence")
            : genome.File.Records.Count == 1 ? genome.File.Records[0] : null;
        return genome;
    }

    private static void Tell(ToolContext context, VariantWindows windows, long scored, string path)
    {
        context.Say($"{Wording.Counted(scored, "allele")} scored: {path}");
        if (windows.Left.Count > 0) context.Warn($"Alleles not scored{windows.Reasons}.");
        if (windows.Mismatches > 0)
            context.Warn(
                $"{Wording.Counted(windows.Mismatches, "variant")} of {windows.Checked:N0} not scored, for REF is not the genome's: "
                + $"{string.Join("; ", windows.Examples)}.");
        if (windows.Cut > 0) context.Say($"{Wording.Counted(windows.Cut, "window")} cut short by the end of a chromosome.");
    }
}
