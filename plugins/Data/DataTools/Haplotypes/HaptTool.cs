using System.IO.Compression;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Plugins.DataTools.Output;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary><c>host data hapt</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class HaptTool(HaptOptions options, BuildContext build) : DataTool(build)
{
    protected override IEnumerable<string?> Inputs => [options.Variants];

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        var variants = run.Input(options.Variants);
        var output = run.File(Path(run, options.Output), options.Force, [variants]);
        var legend = options.Legend is { } named ? run.File(Path(run, named), options.Force, [variants]) : null;
        if (legend is not null) output.RefuseTwice(legend);
        VcfHaplotypes? read = null;
        var rows = VcfHaplotypes.Read(variants, new()
        {
            Region = options.Region is { } region ? Stretch.TryParse(region) : null, Samples = Names.Split(options.Samples),
            Unphased = options.Unphased, Seed = options.Seed, PassOnly = options.PassOnly, Group = options.Group,
        }, done => read = done, run.Progress, cancellation);
        output.Write(stream =>
        {
            using var writer = new HaplotypeWriter(stream, options.Output.EndsWith(".gz", StringComparison.OrdinalIgnoreCase));
            for (var row = 0; row < rows.Bits.Rows; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                writer.Add(rows.Groups[row], rows.Names[row], rows.Bits.Row(row), rows.Bits.Columns);
            }
        });
        legend?.Write(stream =>
        {
            var isPacked = options.Legend!.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            using var packed = isPacked ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;
            using var writer = new StreamWriter(packed ?? stream, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(LegendFile.Header);
            foreach (var site in rows.Sites!) writer.WriteLine(LegendFile.Line(site));
        });
        run.Result($"{Wording.Counted(rows.Bits.Rows, "haplotype")} of {Wording.Counted(rows.Bits.Columns, "SNP")}: {options.Output}");
        if (read!.LeftOut.Sentence is { } left) run.Result(left);
        if (read.Settled > 0)
            run.Warn($"{Wording.Counted(read.Settled, "genotype")} of open phase settled by --unphased: such haplotypes are no one's.");
    }

    private static string Path(ToolRun run, string written) => written == Libs.Files.Outputs.OutputFile.Standard ? written
        : run.Output(written);
}
