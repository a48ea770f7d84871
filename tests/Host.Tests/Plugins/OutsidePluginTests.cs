using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Tests.Commands;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>A DLL built outside the solution, dropped into a folder and used by name.</summary>
public sealed class OutsidePluginTests(OutsideTokenizer plugin) : IClassFixture<OutsideTokenizer>
{
    [Fact]
    public void Its_folder_holds_no_assembly_but_its_own() =>
        Assert.Equal(["CodonTokenizer.dll"],
            Directory.GetFiles(Path.Combine(plugin.Plugins, "CodonTokenizer"), "*.dll").Select(Path.GetFileName));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void It_loads_and_does_what_the_contract_asks(int frame)
    {
        TokenizerChecks.Run(Tokenizer(frame), tokenBases: 3);
    }

    [Fact]
    public void It_cuts_codons() => Assert.Equal(
        ["[CLS]", "ATG", "GCC", "A", "[SEP]"],
        Tokenizer(0).Encode(new("x", "ATGGCCA"), new()).Ids.Select(id => Tokenizer(0).Vocabulary.Tokens[id]));

    [Fact]
    public void A_pipeline_uses_it_by_name()
    {
        var (code, output, error) = HostProcess.Run(
            "check", "--pipeline", Path.Combine(Repository.Root, "samples", "plugins", "codon.yaml"), "--plugins", plugin.Plugins, "--set",
                "tokenizer.frame=2", "--resolved");
        Assert.True(code == 0, error);
        Assert.Contains("tokenizer:\n  use: codon\n  frame: 2\n", output);
    }

    [Fact]
    public void A_model_is_wired_to_it()
    {
        var (code, _, error) = HostProcess.Run(
            "check", "--pipeline", Path.Combine(Repository.Root, "samples", "plugins", "codon.yaml"), "--plugins", plugin.Plugins, "--set",
                "stages.0.data.path=" + Genome());
        Assert.True(code == 0, error);
    }

    [Fact]
    public void Without_it_the_name_is_unknown_and_the_nearest_are_named()
    {
        var (code, _, error) = HostProcess.Run("check", "--pipeline", Path.Combine(Repository.Root, "samples", "plugins", "codon.yaml"));
        Assert.Equal(2, code);
        Assert.Contains("codon.yaml:4: tokenizer.use: there is no tokenizer 'codon'; there are: ", error);
    }

    [Fact]
    public void The_documentation_shows_its_files_as_they_are()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugins", "by-hand.md"));
        foreach (var file in Directory.GetFiles(plugin.Sources).Where(f => Path.GetExtension(f) is ".cs" or ".csproj"))
            Assert.Contains($"`{Path.GetFileName(file)}`\n\n```{(file.EndsWith(".cs") ? "csharp" : "xml")}\n{File.ReadAllText(file)}```\n",
                document);
    }

    private ITokenizer Tokenizer(int frame)
    {
        var catalog = new Catalog();
        PluginLoader.Load(PluginFolders.Find([plugin.Plugins]), catalog);
        return new ComponentFactory(() => catalog)
            .Build<ITokenizer>(new("codon", new Dictionary<string, object?> { ["frame"] = (long)frame }), null!);
    }

    private string Genome()
    {
        var file = Path.Combine(plugin.Plugins, "..", "small.fa");
        File.WriteAllText(file, $">one\n{SampleDna.Sequence(new SeededRandom(1), 60_000)}\n");
        return Path.GetFullPath(file);
    }
}
