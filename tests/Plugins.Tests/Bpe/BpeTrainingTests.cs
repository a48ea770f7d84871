using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.Bpe.Training;

namespace PluginHost.Plugins.Tests.Bpe;

public sealed class BpeTrainingTests
{
    private static IReadOnlyList<(string, string)> Train(IEnumerable<string> texts, int merges, int minimumCount = 1)
    {
        var text = new TrainingText(0);
        foreach (var one in texts) text.Add(one);
        return new BpeTrainer(text, merges, minimumCount).Run();
    }

    [Fact]
    public void Merges_are_those_of_the_definition()
    {
        // Few words repeated: ties and overlapping pairs are then common.
        var texts =
            from seed in Gen.Choose(0, 1 << 20)
            select (IReadOnlyList<string>)[.. Enumerable.Range(0, 8).Select(i => Words(new SeededRandom((ulong)seed, (ulong)i)))];
        Prop.ForAll(texts.ToArbitrary(), t => PlainBpe.Train(t, 60).SequenceEqual(Train(t, 60)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

        static string Words(SeededRandom random) =>
            string.Concat(Enumerable.Range(0, random.Next(1, 30))
                .Select(_ => ((string[])["A", "AA", "AAAA", "ACG", "CGT", "TT", "GAGA", "TATA"])[random.Next(0, 8)]));
    }

    [Fact]
    public void A_longer_text_goes_through_passes_and_then_through_places()
    {
        var random = new SeededRandom(5);
        var texts = Enumerable.Range(0, 20).Select(_ => SampleDna.Sequence(random, 700)).ToList();
        texts.AddRange(texts.Take(3));
        Assert.Equal(PlainBpe.Train(["ACGT", .. texts], 150), Train(["ACGT", .. texts], 150));
    }

    [Fact]
    public void Other_letters_end_a_sequence_and_lower_case_counts()
    {
        Assert.Equal([("A", "C")], Train(["ACNacN", "NNNAC"], 5, 3));
        Assert.Equal(Train(["ACGTACG", "ACGGT"], 5), Train(["acgtacgNACGGT"], 5));
    }

    [Fact]
    public void Rare_pairs_are_left_alone() => Assert.Equal([("A", "C")], Train(["ACGACTAC"], 10, minimumCount: 2));

    [Fact]
    public void Its_options_keep_their_limits() =>
        OptionsChecks.Run(new Workbench(new BpePlugin()).Offers.Single(o => o.Kind == typeof(ITool)), new { path = new[] { "x.fa" } });
}
