using PluginHost.Data.Tests.Sources;
using PluginHost.Host.Tests.Commands;

namespace PluginHost.Data.Tests.Tools;

/// <summary>The data commands as their users start them.</summary>
public sealed class DataProcessTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Real_splice_sites_are_divided_and_hold_no_leak()
    {
        var table = Path.Combine(Repository.Root, "samples", "fly_splice", "test.csv");
        var (code, output, error) = HostProcess.Run(folder.Root,
            ["data", "split", table, "--output", "out", "--by", "identity", "--identity", "0.8"]);
        Assert.Equal(0, code);
        Assert.StartsWith("1,199 rows in ", output);
        Assert.Contains("Written to out.", error);
        (code, output, _) = HostProcess.Run(folder.Root, ["data", "check", "out", "--identity", "0.8", "--strict"]);
        Assert.Equal(0, code);
        Assert.EndsWith("Nothing wrong was found.\n", output);
    }

    [Fact]
    public void Bad_data_ends_with_3_wrong_options_with_2_and_nothing_is_left_behind()
    {
        folder.Write("g.fa", ">c\nACGTACGT\n");
        folder.Write("b.bed", "c\t0\t9\n");
        var (code, output, error) = HostProcess.Run(folder.Root,
            ["data", "windows", "--genome", "g.fa", "--features", "b.bed", "--window=-1..1", "--output", "o.csv"]);
        Assert.Equal((3, ""), (code, output));
        Assert.EndsWith("host: b.bed:1: the feature ends at 9, but 'c' has 8 bases in g.fa; is the annotation of another assembly?\n",
            error);
        (code, _, error) = HostProcess.Run(folder.Root,
            ["data", "windows", "--genome", "g.fa", "--features", "b.bed", "--window", "x", "--output", "o.csv"]);
        Assert.Equal(2, code);
        Assert.Contains("host: --window: must be two positions such as -249..50", error);
        Assert.Equal(["b.bed", "g.fa"], Directory.EnumerateFileSystemEntries(folder.Root).Select(f => Path.GetFileName(f)).Order());
        Assert.StartsWith("Examples:\n  host data haplotypes --genome", HostProcess.Run("data", "haplotypes", "--help").Output);
    }
}
