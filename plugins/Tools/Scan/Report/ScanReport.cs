using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Plugins.Scan.Truth;

namespace PluginHost.Plugins.Scan.Report;

/// <summary>The page of a scan, its figures beside it as SVG.</summary>
/// <param name="path">The folder, as <see cref="OutputFolder.Check"/> allowed it.</param>
/// <param name="force">Whether one that is there is replaced.</param>
internal sealed class ScanReport(string path, bool force)
{
    private const string PageName = "report.html", TrackName = "track.svg", HistogramName = "windows.svg",
        CurveName = "precision-recall.svg";

    /// <summary>Looks at the folder before any work.</summary>
    public static ScanReport Check(string path, bool force, IEnumerable<string> inputs) => new(OutputFolder.Check(path, force,
        folder => File.Exists(Path.Combine(folder, PageName)) ? [PageName, TrackName, HistogramName, CurveName] : null, inputs), force);

    /// <summary>Writes it.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="said">Sentences on what was done.</param>
    /// <param name="tables">Title, columns and rows.</param>
    /// <param name="overview">The track at a glance.</param>
    /// <param name="truth">Null where none was given.</param>
    public void Write(string title, IReadOnlyList<string> said, IReadOnlyList<ResultTable> tables, Overview overview, TruthFigures? truth)
    {
        using var folder = StagedFolder.Create(path, force);
        var page = new Page(title);
        foreach (var sentence in said) page.Say(sentence);
        foreach (var table in tables) page.Heading(table.Title).Table(table.Columns, table.Rows);
        page.Heading("The track");
        Figure(TrackName, Chart.Lines(overview.TrackFrame, [new("", overview.Track)]),
            "The largest value in each of up to a thousand parts of what was scanned, from the first base to the last; dashed lines: "
            + $"{overview.Dashed}.");
        Figure(HistogramName, Chart.Lines(overview.HistogramFrame, [new("", overview.Histogram)]),
            "How many windows have which value; the axis is logarithmic in the count.");
        if (truth?.Curve() is { Count: > 0 } curve)
            Figure(CurveName, Chart.Lines(new("", "recall of windows", "precision") { Range = (0, 1) }, [new("", curve)]),
                "Precision and recall of windows as the threshold falls.");
        folder.Add(PageName, page.Html());
        folder.Commit();

        void Figure(string name, string svg, string caption)
        {
            folder.Add(name, svg);
            page.Figure(svg, caption);
        }
    }
}
