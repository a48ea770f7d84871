using PluginHost.Host.Apps.Benchmarks;

namespace PluginHost.Host.Tests.Benchmarks;

public sealed class SuiteFilesTests
{
    private static double Published(string suite, string model, string dataSet, string? metric = null) =>
        SuiteFiles.Read(suite).Published.Single(p => p.Model == model && p.Metric == metric).Figures[dataSet];

    [Fact]
    public void Every_suite_beside_the_host_reads()
    {
        Assert.Equal(["genomic-benchmarks", "gsr", "gue", "nt", "folder"], SuiteFiles.Names);
        foreach (var suite in SuiteFiles.Names.Select(SuiteFiles.Read))
        {
            Assert.Equal(suite.Name == "folder", suite.DataSets.Count == 0);
            foreach (var model in suite.Published)
                Assert.All(model.Figures.Values, f => Assert.InRange(f / (model.Scale ?? suite.Scale), 0, 1));
        }
        Assert.Equal([9, 12, 28, 18], SuiteFiles.Names.SkipLast(1).Select(n => SuiteFiles.Read(n).DataSets.Count));
        Assert.All(SuiteFiles.Read("gue").Published, p => Assert.Equal(28, p.Figures.Count));
    }

    [Fact]
    public void Figures_are_those_of_the_papers()
    {
        Assert.Equal(81.28, Published("gue", "DNABERT-2, further pretrained on GUE", "mouse_2"));
        Assert.Equal(44.89, Published("gue", "DNABERT (6-mer)", "mouse_3"));
        Assert.Equal(79.15, Published("gue", "DNAZEN, further pretrained on GUE", "prom_core_tata"));
        Assert.Equal(42.84, Published("gue", "DNAZEN, further pretrained on GUE", "emp_H3K4me3"));
        Assert.Equal(73.04, Published("gue", "NT-2500M-multi", "covid"));
        Assert.Equal(0.585, Published("nt", "ENBED", "enhancers"));
        Assert.Equal(0.974, Published("nt", "Nucleotide Transformer", "splice_sites_donors"));
        Assert.Equal(98.7, Published("nt", "Nucleotide Transformer v2", "splice_sites_donors", "accuracy"));
        Assert.Equal(74.2, Published("genomic-benchmarks", "HyenaDNA", "human_enhancers_cohn"));
        Assert.Equal(93.19, Published("gsr", "DNAGPT-S-512", "fruitfly_pas", "accuracy"));
        Assert.Equal(95.83, Published("gsr", "DNAGPT-S-512", "human_tis", "mcc"));
    }

    [Fact]
    public void A_suite_of_ones_own_is_read_strictly()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("pluginhost-suite-").FullName, "mine.json");
        File.WriteAllText(file, """{ "name": "mine", "metric": "mcc", "dataSets": [ { "name": "a" } ], "published": """
            + """[ { "model": "x", "source": "y", "figures": { "b": 1 } } ] }""");
        Assert.Contains("has a figure for 'b'", Assert.Throws<DataException>(() => SuiteFiles.Read(file)).Message);
        File.WriteAllText(file, """{ "name": "mine", "metrik": "mcc" }""");
        Assert.Contains("is no description of a suite", Assert.Throws<DataException>(() => SuiteFiles.Read(file)).Message);
        File.WriteAllText(file, """{ "name": "mine", "dataSets": [ { "name": "a", "folders": ["x/a"] } ] }""");
        Assert.Equal("x/a", SuiteFiles.Read(file).DataSets[0].Folders[0]);
        Assert.Contains("did you mean 'gue'", Assert.Throws<UsageException>(() => SuiteFiles.Read("guee")).Message);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
