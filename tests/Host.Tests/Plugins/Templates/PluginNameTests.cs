using PluginHost.Host.Plugins.Templates;

namespace PluginHost.Host.Tests.Plugins.Templates;

public sealed class PluginNameTests
{
    [Theory]
    [InlineData("CodonTokenizer")]
    [InlineData("X")]
    [InlineData("Dna_2")]
    public void An_identifier_is_a_name(string name) => PluginName.Check(name, ["KMer"]);

    [Theory]
    [InlineData("", "begins with a capital letter")]
    [InlineData("codons", "begins with a capital letter")]
    [InlineData("9Codons", "begins with a capital letter")]
    [InlineData("My.Plugin", "begins with a capital letter")]
    [InlineData("My-Plugin", "begins with a capital letter")]
    [InlineData("../Evil", "begins with a capital letter")]
    [InlineData("Größe", "begins with a capital letter")]
    [InlineData("Sample", "could not use PluginHost.Sample")]
    [InlineData("Linear", "could not use TorchSharp.Modules.Linear")]
    [InlineData("Path", "could not use System.IO.Path")]
    [InlineData("Task", "could not use System.Threading.Tasks.Task")]
    [InlineData("Range", "could not use System.Range")]
    [InlineData("Enumerable", "could not use System.Linq.Enumerable")]
    [InlineData("Workbench", "could not use PluginHost.PluginKit.Workbench")]
    [InlineData("TorchSharp", "could not use the namespace TorchSharp")]
    [InlineData("Kmer", "this host has a plugin KMer. Choose another, such as MyKmer")]
    public void A_name_that_would_not_do_is_refused_with_a_reason(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<UsageException>(() => PluginName.Check(name, ["KMer"])).Message);

    [Fact]
    public void A_name_has_an_end() =>
        Assert.Contains("at most 64", Assert.Throws<UsageException>(() => PluginName.Check(new string('A', 65), [])).Message);

    // As dotnet new makes them; the last two were read off it.
    [Theory]
    [InlineData("CodonTokenizer", "codon-tokenizer")]
    [InlineData("X", "x")]
    [InlineData("DNAWords", "dna-words")]
    [InlineData("Dna_2Go", "dna-2-go")]
    public void Components_are_called_after_the_plugin(string name, string component) =>
        Assert.Equal(component, PluginName.Component(name));
}
