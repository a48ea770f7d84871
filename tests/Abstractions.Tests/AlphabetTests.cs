namespace PluginHost.Abstractions.Tests;

public class AlphabetTests
{
    [Fact]
    public void Without_characters_it_is_that_of_nucleotides_which_are_normalised()
    {
        Assert.Same(Alphabet.Dna, Alphabet.Of(null));
        Assert.True(Alphabet.Dna.IsDna);
        Assert.Equal("ACGTN", Alphabet.Dna.Normalize("acgun", "t.csv:2"));
    }

    [Fact]
    public void Other_characters_are_kept_as_they_are_and_foreign_ones_are_named_with_their_place()
    {
        var alleles = Alphabet.Of("01");
        Assert.False(alleles.IsDna);
        Assert.Equal("0110", alleles.Normalize("0110", "t.csv:2"));
        Assert.Equal("t.csv:2: '2' at position 3 is not in the alphabet 01; case counts.",
            Assert.Throws<DataException>(() => alleles.Normalize("0120", "t.csv:2")).Message);
        Assert.Equal(0, Alphabet.Of("xy").FindForeign("X"));
        Assert.Equal(Alphabet.Of("01"), alleles);
        Assert.NotEqual(Alphabet.Of("10"), alleles);
        Assert.NotEqual(Alphabet.Dna, Alphabet.Of(Iupac.Codes));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0 1")]
    [InlineData("0é")]
    public void An_alphabet_has_two_or_more_different_printable_characters(string characters) =>
        Assert.Contains("two or more different characters", Assert.Throws<UsageException>(() => Alphabet.Of(characters)).Message);

    [Fact]
    public void An_example_is_over_the_alphabet()
    {
        Assert.Equal("ACGTACG", Alphabet.Dna.Example(7));
        Assert.Equal("01010", Alphabet.Of("01").Example(5));
    }
}
