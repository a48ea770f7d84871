using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Tests.Supervised;

public class OtherAlphabetTests
{
    [Theory]
    [InlineData("ACGTNRYK", true)]
    [InlineData("01011010", false)]
    public void Features_of_bases_do_not_apply_to_sequences_of_another_alphabet(string sequence, bool apply)
    {
        Sample[] samples = [new("a", sequence), new("b", sequence)];
        Assert.Equal(apply, new KMerCounts(2).Size(samples) > 0);
        Assert.Equal(apply, new PositionalDinucleotides().Size(samples) > 0);
    }

    [Fact]
    public void A_second_sequence_is_of_the_same_alphabet()
    {
        var sample = new Sample("a", "01") { Fields = new Dictionary<string, object> { ["other"] = "110" } };
        Assert.Equal("110", PairEncoding.Second(sample, "other", Alphabet.Of("01")).Sequence);
        Assert.Throws<DataException>(() => PairEncoding.Second(sample, "other"));
    }
}
