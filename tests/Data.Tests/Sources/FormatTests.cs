using PluginHost.Host.Models;
using PluginHost.Host.Plugins;
using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Tables;

namespace PluginHost.Data.Tests.Sources;

/// <summary>What a file or folder named on a command line is taken for.</summary>
public sealed class FormatTests : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly InputFormats formats = new(new ComponentFactory(() =>
    {
        var catalog = new Catalog();
        catalog.Register(new PluginInfo("Tables", "Tables.dll", "", "", null), new TablesPlugin().Register);
        catalog.Register(new PluginInfo("Fasta", "Fasta.dll", "", "", null), new FastaPlugin().Register);
        return catalog;
    }));

    public void Dispose() => folder.Dispose();

    private string Source(string path) => formats.Recognize(path)!.Source.Use;

    [Fact]
    public void It_is_told_from_the_content()
    {
        Assert.Equal("table", Source(folder.Write("a.fa", "sequence\nACGT\n")));
        Assert.Equal("fasta", Source(folder.Write("a.csv", ">a\nACGT\n")));
        Assert.Equal("fasta", Source(folder.Write("a.gz", Pack.Gzip(">a\nACGT\n"u8.ToArray()))));
        Assert.Equal("fasta", Source(folder.Write("blanks.csv", "\uFEFF\n\n>a\nACGT\n")));
        Assert.Equal("table", Source(folder.Root));
    }

    [Fact]
    public void A_folder_of_train_and_test_is_certain_and_says_what_is_held_out()
    {
        folder.Write("train.fna", ">a|0\nA\n");
        folder.Write("test.fna", ">a|0\nA\n");

        var reading = formats.Recognize(new InputFile(folder.Root, true, ReadOnlyMemory<byte>.Empty) { DevShare = 0.1 })!;

        Assert.Equal(("labelled-fasta", false, 0.1), (reading.Source.Use, reading.IsGuess, reading.Source.With["devShare"]));
    }

    [Fact]
    public void Columns_are_called_as_the_pipeline_calls_them()
    {
        folder.Write("train.csv", "promoter,tissue,expression\nACGT,liver,1\n");
        folder.Write("test.csv", "promoter,tissue,expression\nACGT,liver,1\n");
        var like = new ComponentSpec("Tables/table", new Dictionary<string, object?>
        {
            ["folder"] = "elsewhere", ["devShare"] = 0.5, ["sequence"] = "promoter", ["label"] = "none", ["join"] = "joined",
        });

        var source = formats.Recognize(new InputFile(folder.Root, true, ReadOnlyMemory<byte>.Empty) { Like = like })!.Source;

        Assert.Equal(("table", folder.Root, "promoter", "none", "joined"), (source.Use, source.With["folder"], source.With["sequence"],
            source.With["label"], source.With["join"]));
        Assert.False(source.With.ContainsKey("devShare"));
    }
}
