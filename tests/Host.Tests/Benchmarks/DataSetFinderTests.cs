using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Models;
using PluginHost.Host.Tests.Checkpoints;

namespace PluginHost.Host.Tests.Benchmarks;

public sealed class DataSetFinderTests : IDisposable
{
    private readonly InputFormats formats = new(RealComponents.Factory);
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-finder-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [Fact]
    public void Every_layout_is_found_at_any_depth()
    {
        Write("GUE/mouse/2/train.csv", "sequence,label\nA,0\n");
        Write("GUE/mouse/2/dev.csv", "sequence,label\nA,0\n");
        Write("GUE/mouse/2/test.csv", "sequence,label\nA,0\n");
        Write("hf/train.csv", "seq,label\nA,0\n");
        Write("hf/test.csv", "seq,label\nA,0\n");
        Write("nt/H3/train.fna", ">a|0\nA\n");
        Write("nt/H3/test.fna", ">a|0\nA\n");
        Write("gb/cohn/train/pos/1.txt", "A");
        Write("gb/cohn/train/neg/1.txt", "A");
        Write("gb/cohn/test/pos/1.txt", "A");
        Write("places/train/pos.csv", "id,region,start,end,strand\n");
        Write("places/train/neg.csv", "id,region,start,end,strand\n");
        Write("places/test/pos.csv", "id,region,start,end,strand\n");
        Write("only-train/train.csv", "sequence,label\nA,0\n");

        var found = DataSetFinder.Find(formats, folder, 0.1, ["g.fa"]);

        Assert.Equal(["GUE/mouse/2", "gb/cohn", "hf", "nt/H3", "places"], found.Select(f => f.Path));
        Assert.Equal(["table", "class-folders", "table", "labelled-fasta", "class-folders"], found.Select(f => f.Data.Use));
        Assert.Equal([false, true, true, true, true], found.Select(f => f.Data.With.ContainsKey("devShare")));
        Assert.Equal("seq", found[2].Data.With["sequence"]);
        Assert.Equal([Path.GetFullPath("g.fa")], (IEnumerable<string>)found[4].Data.With["genome"]!);
    }

    [Fact]
    public void A_suite_takes_its_own_whatever_they_are_called_and_names_what_is_missing()
    {
        var suite = new Suite
        {
            Name = "s",
            DataSets = [new() { Name = "mouse_2", Folders = ["mouse/2"] }, new() { Name = "H3" },
            new() { Name = "covid", Folders = ["virus/covid"] }]
        };
        FoundFolder[] folders = [new("gue/MOUSE/2", new("table")), new("x/emp_H3", new("table")), new("H3", new("table"))];

        var (found, missing) = DataSetFinder.Match(suite, folders);

        Assert.Equal([("mouse_2", "gue/MOUSE/2"), ("H3", "H3")], found.Select(f => (f.DataSet.Name, f.Folder.Path)));
        Assert.Equal(["covid"], missing);
    }

    [Fact]
    public void Without_a_suite_all_are_taken_by_their_paths()
    {
        var (found, missing) = DataSetFinder.Match(new Suite { Name = "folder" }, [new("a/b c", new("table")), new(".", new("table"))]);

        Assert.Equal(["a_b-c", "data"], found.Select(f => f.DataSet.Name));
        Assert.Empty(missing);
        Assert.Contains("does not exist",
            Assert.Throws<DataException>(() => DataSetFinder.Find(formats, Path.Combine(folder, "none"), 0.1, [])).Message);
    }
}
