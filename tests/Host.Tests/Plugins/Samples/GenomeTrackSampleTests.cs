using System.Globalization;
using PluginHost.Host.Tests.Commands;
using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Plugins.Samples;

[Collection("sample plugins")]
public sealed class GenomeTrackSampleTests(SamplePlugins plugins)
{
    private static long Place(string cell) => long.Parse(cell, CultureInfo.InvariantCulture);

    private static float Value(string cell) => float.Parse(cell, CultureInfo.InvariantCulture);

    private string Genome()
    {
        var file = plugins.At("genome.fa");
        var random = new SeededRandom(4);
        File.WriteAllText(file, $">chr2:1001-1250\n{SampleDna.Sequence(random, 250)}\n>chr10\n{SampleDna.Sequence(random, 130)}\n");
        return file;
    }

    private (string[] Lines, Dictionary<(string, long), float> Windows) Draw(string name, params string[] options)
    {
        var (genome, output, table) = (Genome(), plugins.At(name), plugins.At(name + ".tsv"));
        plugins.Host(["track", "write", plugins.Teacher, genome, "--window", "100", "--class", "1", "--output", output, .. options]);
        string[] cut = options.Contains("--step") ? ["how=overlap", "stride=50"] : ["how=tiles"];
        plugins.Host(["predict", plugins.Teacher, genome, "--output", table, "--device", "cpu", "--data", "window=100",
            .. cut.SelectMany(c => (string[])["--data", c])]);
        var rows = File.ReadLines(table).Select(line => line.Split('\t')).ToList();
        int At(string column) => Array.IndexOf(rows[0], column);
        return (File.ReadAllLines(output), rows.Skip(1).ToDictionary(
            row => (row[At("chromosome")], Place(row[At("start")])),
            row => Value(row[At("p_1")])));
    }

    [Fact]
    public void Its_values_are_those_of_the_table_of_predictions_at_0_based_places_in_order()
    {
        var (lines, windows) = Draw("tiles.bedgraph");
        Assert.Equal("# coordinates: 0-based, half-open", lines[0]);
        Assert.Equal("track type=bedGraph name=\"splice-teacher/finetune 1\" description=\"'1' by splice-teacher/finetune, windows of 100 "
            + "bases every 100, mean where they overlap\"", lines[1]);
        Assert.Equal(["chr10\t0\t100", "chr10\t100\t130", "chr2\t1000\t1100", "chr2\t1100\t1200", "chr2\t1200\t1250"],
            lines.Skip(2).Select(line => line[..line.LastIndexOf('\t')]));
        foreach (var cells in lines.Skip(2).Select(line => line.Split('\t')))
            Assert.Equal(windows[(cells[0], Place(cells[1]))], Value(cells[3]));
    }

    [Fact]
    public void Where_windows_overlap_a_base_has_their_mean()
    {
        var (lines, windows) = Draw("overlap.bedgraph", "--step", "50", "--region", "chr2:1000-1100");
        var cells = lines.Skip(2).Select(line => line.Split('\t')).ToList();
        Assert.Equal([("1000", "1050"), ("1050", "1100"), ("1100", "1150")], cells.Select(c => (c[1], c[2])));
        Assert.Equal(((double)windows[("chr2", 1000)] + windows[("chr2", 1050)]) / 2, Value(cells[1][3]), 1e-6);
        Assert.Equal(windows[("chr2", 1050)], Value(cells[2][3]), 1e-6);
    }

    [Fact]
    public void What_it_cannot_draw_is_said_and_nothing_is_left()
    {
        var output = plugins.At("none.bedgraph");
        foreach (var (options, exit, sentence) in new (string[], int, string)[]
        {
            (["--class", "3"], 2, "has no class '3'"),
            (["--window", "100", "--region", "chr3:0-10"], 3, "No window of the genome begins in chr3:0-10"),
            (["--region", "chr3"], 2, "region"),
        })
        {
            var (code, _, error) = HostProcess.Run(["track", "write", plugins.Teacher, Genome(), "--output", output, .. options,
                "--plugins", plugins.Plugins]);
            Assert.True(code == exit, error);
            Assert.Contains(sentence, error);
            Assert.False(File.Exists(output));
        }
    }

    [Fact]
    public void Its_pipeline_draws_the_model_it_trained()
    {
        var run = plugins.Run("track.yaml", "track", "stages.0.train.steps=3", "architecture.width=16",
            "stages.1.region=chr2R:2000000-2002000");
        var lines = File.ReadAllLines(Path.Combine(run, "tools", "track-write", "donors.bedgraph"));
        Assert.Equal("chr2R\t2000000\t2000050", lines[2][..lines[2].LastIndexOf('\t')]);
        Assert.Equal(2 + 41, lines.Length);
    }
}
