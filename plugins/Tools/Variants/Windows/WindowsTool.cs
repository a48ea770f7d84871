using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Libs.TableFiles;
using PluginHost.Plugins.Variants.Report;
using PluginHost.Plugins.Variants.Scoring;

namespace PluginHost.Plugins.Variants.Windows;

/// <summary>
/// <c>host variants windows</c>: both windows of each allele, for a model that is trained on pairs (Genomics-FM, A.3.15).
/// </summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class WindowsTool(WindowsOptions options, BuildContext build) : ITool
{
    private const int EveryLines = 1024;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [build.ResolvePath(options.Variants), build.ResolvePath(options.Genome)];

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var output = OutputFile.Check(context.OutputPath(options.Output), options.Force, Files);
        var format = TableFormat.Of(output.Path);
        var reader = new VariantReader(Files[0], options.Sequence, options.Label is { } label ? [("--label", label)] : []);
        reader.ReadHeader();
        var windows = VariantWindows.Open(Files[1], options.Sequence, options.Window, context);
        var summary = new ScoreSummary(windows, null);
        var unlabelled = 0L;
        TableFile.Write(output, format, Columns(), Rows());
        context.Say($"{Wording.Counted(summary.Scored, "allele")} with two windows: {output.Path}");
        foreach (var sentence in summary.Warnings) context.Warn(sentence.Replace("not scored", "left out", StringComparison.Ordinal));
        foreach (var sentence in summary.Remarks) context.Say(sentence);
        if (unlabelled > 0) context.Warn($"{Wording.Counted(unlabelled, "allele")} left out: nothing in the column of --label.");
        return Task.FromResult(ExitCodes.Done);

        IEnumerable<IReadOnlyList<object?>> Rows()
        {
            foreach (var (number, line) in reader.Lines().Index())
            {
                if (number % EveryLines == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    context.Progress("variants read", number, null);
                }
                var pairs = windows.Of(line);
                windows.RefuseOtherBuild(options.MaxMismatch);
                for (var a = 0; a < pairs.Length; a++)
                {
                    if (pairs[a] is not { } pair) continue;
                    if (options.Label is not null && line.Asked[0][a] is null) unlabelled++;
                    else
                    {
                        summary.Scored++;
                        yield return Row(line, a, pair);
                    }
                }
            }
            windows.RefuseOtherBuild(options.MaxMismatch, atEnd: true);
            if (summary.Scored == 0)
                throw new DataException($"{DataFile.Show(Files[0])}: no allele has windows{(options.Label is null ? "" : " and a label")}"
                    + $"{summary.Reasons}.");
        }
    }

    private List<TableColumn> Columns() =>
    [
        new("sequence", typeof(string)), new("alternative", typeof(string)),
        .. options.Label is null ? Array.Empty<TableColumn>() : [new("label", typeof(string))],
        new("chromosome", typeof(string)), new("position", typeof(long)), new("ref", typeof(string)), new("alt", typeof(string)),
        new("block", typeof(string)),
    ];

    private object?[] Row(VariantLine line, int allele, WindowPair pair) =>
    [
        pair.Reference.Sequence, pair.Alternative.Sequence, .. options.Label is null ? Array.Empty<object?>() : [line.Asked[0][allele]],
        pair.Chromosome, line.Position + 1, Written(line.Reference), Written(line.Alternatives[allele]),
        $"{pair.Chromosome}:{(pair.Start + pair.Reference.Start) / options.Block}",
    ];

    private static string Written(string allele) => allele.Length == 0 ? "-" : allele;
}
