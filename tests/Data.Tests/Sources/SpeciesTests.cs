using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;

namespace PluginHost.Data.Tests.Sources;

public sealed class SpeciesTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private FastaSource Source(FastaOptions options)
    {
        folder.Write("fly.fa", ">chr2R\nACGTACGT\n");
        folder.Write("bacteria.fa", ">E.coli_K12\nGGCCGGCC\n>S.aureus\nTTAATTAA\n");
        options.Path = [folder["fly.fa"], folder["bacteria.fa"]];
        options.Window = 8;
        return new(options, p => p);
    }

    private static Dictionary<string, string> Species(FastaSource source)
    {
        var samples = source.Open(Split.Train)!;
        return Enumerable.Range(0, (int)samples.Count).Select(i => samples.Get(i, new SeededRandom((ulong)i)))
            .ToDictionary(s => s.Sequence, s => s.Fields.TryGetValue(Sample.SpeciesField, out var name) ? (string)name : "");
    }

    [Theory]
    [InlineData("Tiles")]
    [InlineData("Whole")]
    [InlineData("Overlap")]
    public void Records_have_the_species_of_the_first_pattern_that_fits_them_or_their_file(string how)
    {
        var species = Species(Source(new()
        {
            How = Enum.Parse<WindowMode>(how), Species = "Homo_sapiens",
            SpeciesOf = new() { ["E.coli*"] = "Escherichia_coli", ["bacteria.fa"] = "W" },
        }));

        Assert.Equal(("Homo_sapiens", "Escherichia_coli", "W"), (species["ACGTACGT"], species["GGCCGGCC"], species["TTAATTAA"]));
    }

    [Fact]
    public void Without_the_options_there_is_no_such_field() => Assert.All(Species(Source(new())).Values, Assert.Empty);

    [Fact]
    public void Whole_records_keep_their_description_beside_it()
    {
        var source = new FastaSource(
            new() { Path = [folder.Write("d.fa", ">a from somewhere\nACGT\n")], How = WindowMode.Whole, Species = "yeast" }, p => p);
        var sample = source.Open(Split.Train)!.Get(0, new SeededRandom(1));

        Assert.Equal(("from somewhere", "yeast"), (sample.Text("description"), sample.Text("species")));
    }

    [Fact]
    public void A_record_that_no_pattern_fits_is_refused_where_others_have_a_species() => Assert.Contains(
        "bacteria.fa: record 'S.aureus' has no species: no pattern of 'speciesOf' (chr2R, E.coli*) fits it or its file.",
        Assert.Throws<DataException>(() => Source(new() { SpeciesOf = new() { ["chr2R"] = "fly", ["E.coli*"] = "Q" } }).Open(Split.Train))
            .Message);

    [Fact]
    public void A_pattern_that_fits_nothing_is_refused_with_what_there_is() => Assert.Contains(
        "'speciesOf: chr2L' fits no record and no file (did you mean 'chr2R'?); there are: ",
        Assert.Throws<DataException>(() => Source(new() { Species = "fly", SpeciesOf = new() { ["chr2L"] = "fly" } }).Open(Split.Train))
            .Message);
}
