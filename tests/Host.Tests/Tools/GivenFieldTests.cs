using PluginHost.Host.Tests.Models;

namespace PluginHost.Host.Tests.Tools;

/// <summary>Models whose tokenizer reads a field of each sequence, on sequences that have none.</summary>
public sealed class GivenFieldTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-fields-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_field_that_is_given_is_as_good_as_one_of_the_data()
    {
        var samples = TinyModel.Sequences(30, 12);
        Sample[] named = [.. samples.Select(s => s with { Fields = Species("Mus_musculus") })];
        var expected = Embed(named);
        Assert.Equal(expected, Embed(samples, "species=Mus_musculus"));
        Assert.NotEqual(expected, Embed(samples, "species=Homo_sapiens"));
        // What a sequence says itself goes before it.
        Assert.Equal(expected, Embed(named, "species=Homo_sapiens"));
    }

    [Fact]
    public void What_is_missing_names_the_option() => Assert.Contains("--field species=Homo_sapiens",
        Assert.Throws<DataException>(() => Embed(TinyModel.Sequences(30))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("specie=Homo_sapiens", "reads no such field")]
    [InlineData("species", "write NAME=VALUE")]
    public void A_field_that_nothing_reads_is_refused(string field, string said) => Assert.Contains(said,
        Assert.Throws<UsageException>(() => Embed(TinyModel.Sequences(30), field)).Message, StringComparison.Ordinal);

    private static Dictionary<string, object> Species(string name) => new() { [Sample.SpeciesField] = name };

    private string Embed(IReadOnlyList<Sample> samples, params string[] fields)
    {
        var output = Path.Combine(folder, $"{Guid.NewGuid():N}.tsv");
        var tool = ToolBench.Tool("embed", output, ("input", "in.fa"), ("field", fields.ToList<object?>()));
        tool.Check(Model);
        Assert.Equal(0, tool.RunAsync(new ToolBench(Model, samples), TestContext.Current.CancellationToken).GetAwaiter().GetResult());
        return File.ReadAllText(output);
    }

    private static TrainedModel Model => TinyModel.Make(TinyModel.Prompted);
}
