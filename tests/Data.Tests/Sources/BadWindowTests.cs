using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;

namespace PluginHost.Data.Tests.Sources;

public sealed class BadWindowTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void Fails(FastaOptions options, Split split, params string[] said)
    {
        options.Path =
            [folder.Write("w.fa", Dna.Fasta([("chr1", Dna.Random(300, 1)), ("chr2", Dna.Random(200, 2)), ("gap", new string('N', 100))]))];
        Assert.Empty(options.Validate(new(options)));
        var failure = Assert.Throws<DataException>(() => new FastaSource(options, p => p).Open(split));
        foreach (var part in said) Assert.Contains(part, failure.Message);
    }

    [Fact]
    public void A_window_longer_than_every_record()
    {
        Fails(new() { Window = 1000 }, Split.Train, "1,000 bases is longer than every record", "300 in record 'chr1'", "'minLength'");
        Fails(new() { Window = 1000, How = WindowMode.Random }, Split.Train, "longer than every record");
        Fails(new() { Window = 1000, How = WindowMode.Overlap, MinLength = 400 }, Split.Train, "longer than every record");
    }

    [Fact]
    public void A_held_out_name_that_is_no_record() =>
        Fails(new() { Window = 50, Dev = ["chr3"] }, Split.Train, "'dev: chr3' is no record", "did you mean", "'chr1'", "w.fa");

    [Fact]
    public void A_pattern_that_matches_none() =>
        Fails(new() { Window = 50, Test = ["scaffold*"] }, Split.Train, "'test: scaffold*' is no record", "chr1, chr2, gap");

    [Fact]
    public void A_record_held_out_twice() =>
        Fails(new() { Window = 50, Dev = ["chr1"], Test = ["chr*"] }, Split.Train, "'chr1' is named in 'dev' and in 'test'");

    [Fact]
    public void Everything_held_out() => Fails(new() { Window = 50, Dev = ["*"] }, Split.Train, "train is empty");

    [Fact]
    public void A_split_without_windows_left() =>
        Fails(new() { Window = 50, Dev = ["gap"] }, Split.Dev, "No window is left in the split dev", "2 have more than 50 %", "maxN");

    [Fact]
    public void A_split_without_random_windows_left() =>
        Fails(new() { Window = 50, Dev = ["gap"], How = WindowMode.Random }, Split.Dev, "No window is left");

    [Fact]
    public void Too_little_to_hold_out_a_share() =>
        Fails(new() { How = WindowMode.Whole, DevShare = 0.6, TestShare = 0.35 }, Split.Train, "too little to hold out");

    [Theory]
    [InlineData("Stride")]
    [InlineData("SamplesPerEpoch")]
    [InlineData("MinLength")]
    [InlineData("DevShare")]
    [InlineData("TestShare")]
    [InlineData("BlockBases")]
    [InlineData("As")]
    public void Options_that_contradict_each_other_are_named(string option)
    {
        var options = option switch
        {
            "Stride" => new FastaOptions { Stride = 5 },
            "SamplesPerEpoch" => new() { SamplesPerEpoch = 5 },
            "MinLength" => new() { MinLength = 511 },
            "DevShare" => new() { Dev = ["a"], DevShare = 0.1 },
            "TestShare" => new() { DevShare = 0.5, TestShare = 0.5 },
            "BlockBases" => new() { BlockBases = 100 },
            _ => new() { As = SplitUse.Any, Dev = ["a"] },
        };
        Assert.Contains(option, options.Validate(new(options)).Single().MemberNames);
    }
}
