using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;
using PluginHost.Plugins.Tables.Labelled;
using PluginHost.Plugins.Tables.Parts;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Data.Tests.Sources;

/// <summary>Sequences of other characters than nucleotides, such as the 0 and 1 of alleles.</summary>
public sealed class AlphabetTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static List<Sample> All(IDataSource source, Split split = Split.Train) =>
        [.. Enumerable.Range(0, (int)source.Open(split)!.Count).Select(i => source.Open(split)!.Get(i, new SeededRandom((ulong)i)))];

    private TableSource Table(string text, string? alphabet) =>
        new(new() { Path = folder.Write($"{Guid.NewGuid():n}.csv", text), Label = "none", Alphabet = alphabet }, p => p);

    [Fact]
    public void Rows_of_alleles_are_read_where_the_alphabet_says_so()
    {
        var source = Table("sequence,population\n0110,GBR\n1111,FIN\n", "01");

        Assert.Equal([("0110", "GBR"), ("1111", "FIN")], All(source).Select(s => (s.Sequence, s.Text("population"))));
        Assert.Contains(source.Notes, n => n.EndsWith("2 rows, 8 characters of the alphabet 01; no labels.", StringComparison.Ordinal));
        Assert.DoesNotContain(source.Notes, n => n.Contains("IUPAC"));
    }

    [Theory]
    [InlineData("01", "sequence\n0110\n0120\n", "csv:3: '2' at position 3 is not in the alphabet 01")]
    [InlineData("ab", "sequence\nab\naB\n", "csv:3: 'B' at position 2 is not in the alphabet ab; case counts")]
    [InlineData(null, "sequence\nACGT\n0110\n", "csv:3: '0' at position 1 is not a nucleotide code")]
    public void What_is_not_in_the_alphabet_is_refused_with_its_line(string? alphabet, string text, string message)
    {
        var failure = Assert.Throws<DataException>(() => Table(text, alphabet).Open(Split.Train));
        Assert.Contains(message, failure.Message);
        if (alphabet is null) Assert.Contains("--data alphabet=01", failure.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FASTA_of_another_alphabet_is_windowed_as_nucleotides_are(bool packed)
    {
        var text = ">a one\n01101\n0011\n>b\n111\n";
        var path = packed ? folder.Write("h.fa.gz", Pack.Gzip(System.Text.Encoding.ASCII.GetBytes(text))) : folder.Write("h.fa", text);
        var source = new FastaSource(new() { Path = [path], Alphabet = "01", Window = 4, MinLength = 1, Species = "human" }, p => p);

        Assert.Equal([("a:0-4", "0110"), ("a:4-8", "1001"), ("a:8-9", "1"), ("b:0-3", "111")],
            All(source).Select(s => (s.Id, s.Sequence)));
        Assert.All(All(source), s => Assert.Equal("human", s.Text("species")));
        Assert.Contains(source.Notes, n => n.EndsWith("2 records, 12 characters of the alphabet 01.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(">a\n0110\n0a\n", "h.fa:3: 'a' at position 2 is not in the alphabet 01")]
    [InlineData("0110\n", "h.fa:1: there is no '>' header")]
    [InlineData(">a\n>b\n01\n", "h.fa:1: record 'a' has no sequence")]
    [InlineData(">a\n01\n>a\n01\n", "h.fa:3: record 'a' is there already")]
    [InlineData(">\n01\n", "h.fa:1: the header has no name")]
    public void Malformed_FASTA_of_another_alphabet_is_refused_with_its_line(string text, string message)
    {
        var source = new FastaSource(new() { Path = [folder.Write("h.fa", text)], Alphabet = "01", Window = 4 }, p => p);
        Assert.Contains(message, Assert.Throws<DataException>(() => source.Open(Split.Train)).Message);
    }

    [Fact]
    public void Labelled_sources_have_the_alphabet_and_the_species_too()
    {
        folder.Write("classes/train/one/1.txt", "0101");
        folder.Write("classes/train/two.csv", "sequence\n1111\n");
        var classes = new ClassFoldersSource(new() { Path = folder["classes"], Alphabet = "01", Species = "Mus_musculus" }, p => p);
        var labelled = new LabelledFastaSource(
            new() { Train = folder.Write("t.fa", ">a|x\n0101\n>b|y\n11\n"), Alphabet = "01", Species = "Mus_musculus" }, p => p);

        Assert.Equal([("0101", "one"), ("1111", "two")], All(classes).Select(s => (s.Sequence, s.Label!)));
        Assert.Equal([("0101", "x"), ("11", "y")], All(labelled).Select(s => (s.Sequence, s.Label!)));
        Assert.All(All(classes).Concat(All(labelled)), s => Assert.Equal("Mus_musculus", s.Text("species")));
    }

    [Fact]
    public void Folds_keep_equal_rows_together_but_know_no_reverse_complement_of_alleles()
    {
        // 01 and its reverse 10 are other haplotypes; as nucleotides each base would be its complement's mirror image.
        var rows = string.Concat(Enumerable.Range(0, 64).Select(i => Convert.ToString(i, 2).PadLeft(6, '0') + "\n"));
        var folds = Enumerable.Range(1, 2).Select(f => All(new FoldSource(new() { Fold = f, Folds = 2 },
            Table("sequence\n" + rows, "01")), Split.Test).Select(s => s.Sequence).ToHashSet()).ToList();

        Assert.Contains(folds[0], s => folds[1].Contains(new string([.. s.Reverse()])) && !folds[0].Contains(new string([.. s.Reverse()])));
        Assert.Equal(64, folds[0].Union(folds[1]).Count());
    }
}
