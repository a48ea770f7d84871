using FsCheck;
using FsCheck.Fluent;

namespace PluginHost.Abstractions.Tests;

public sealed class IupacTests
{
    [Fact]
    public void A_normal_sequence_is_returned_as_it_is()
    {
        const string sequence = "ACGTRYSWKMBDHVN";
        Assert.Same(sequence, Iupac.Normalize(sequence, "x"));
    }

    [Fact]
    public void Lower_case_and_U_are_normalised() => Assert.Equal("ACGTTN", Iupac.Normalize("acguTn", "x"));

    [Theory]
    [InlineData("ACXT", "'X' at position 3")]
    [InlineData("AC-T", "'-' at position 3")]
    [InlineData("ACG\n", "'\\x0a' at position 4")]
    [InlineData("é", "'é' at position 1")]
    public void Anything_else_is_named_with_its_position(string sequence, string part)
    {
        var failure = Assert.Throws<DataException>(() => Iupac.Normalize(sequence, "f.fa:3"));
        Assert.StartsWith("f.fa:3: ", failure.Message);
        Assert.Contains(part, failure.Message);
    }

    [Fact]
    public void Ambiguous_codes_are_counted() => Assert.Equal(3, Iupac.CountAmbiguous("ANCRGTN"));

    [Fact]
    public void The_reverse_complement_is_right() => Assert.Equal("NBDHVKMWSRYACGT", Iupac.ReverseComplement("ACGTRYSWKMBDHVN"));

    [Fact]
    public void Its_reverse_complement_is_itself()
    {
        var sequences = Gen.Elements(Iupac.Codes.ToCharArray()).ArrayOf().Select(c => new string(c)).ToArbitrary();
        Prop.ForAll(sequences, s => Iupac.ReverseComplement(Iupac.ReverseComplement(s)) == s).QuickCheckThrowOnFailure();
    }
}
