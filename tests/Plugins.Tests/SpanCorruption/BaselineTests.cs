using PluginHost.PluginKit;
using PluginHost.Plugins.SpanCorruption;
using PluginHost.Plugins.Tests.ByteSeq2Seq;

namespace PluginHost.Plugins.Tests.SpanCorruption;

[Collection(TorchCollection.Name)]
public sealed class BaselineTests
{
    private readonly TinyBytes tokenizer = new();

    private Dictionary<string, Dictionary<string, double>> Measure(Func<SeededRandom, string> draw, int count = 300)
    {
        var random = new SeededRandom(3);
        var objective = new SpanCorruptionObjective(new SpanCorruptionOptions { BaselineOrder = 5 }, tokenizer.Vocabulary);
        var samples = Enumerable.Range(0, count).Select(i => new Sample($"{i}", draw(random))).ToList();
        var context = new KitBaselineContext(tokenizer, objective, [.. samples.Take(count * 2 / 3)], [.. samples.Skip(count * 2 / 3)]);
        return objective.Card.Baselines.ToDictionary(b => b.Name, b => b.Measure(context).SelectMany(s => s.Losses).GroupBy(l => l.Name)
            .ToDictionary(g => g.Key, g => g.Sum(l => l.Sum) / g.Sum(l => l.Count)));
    }

    [Fact]
    public void On_random_bases_neither_beats_chance()
    {
        var figures = Measure(random => SampleDna.Sequence(random, 300));
        foreach (var name in new[] { "unigram", "markov", "markov-by-place" })
        {
            // ln 4 a base, and what it costs not to end the span: about 0.05.
            Assert.InRange(figures[name]["loss-on-bases"], 1.38, 1.46);
            // One certain sentinel, one in twenty at a time for the others, a certain end: (0 + ln 20 + 0) / 3 at two spans.
            Assert.InRange(figures[name]["loss-on-sentinels"], 0.5, 1.6);
        }
    }

    [Fact]
    public void Markov_knows_an_order_two_source_to_its_entropy()
    {
        // Each base follows from the two before it with probability 0.85, else it is any of the others: entropy 0.5874 nats.
        string Draw(SeededRandom random)
        {
            var bases = new char[300];
            for (var i = 0; i < bases.Length; i++)
            {
                var likely = i < 2 ? 0 : (("ACGT".IndexOf(bases[i - 1]) * 3 + "ACGT".IndexOf(bases[i - 2]) * 2) + 1) % 4;
                bases[i] = "ACGT"[random.NextDouble() < 0.85 ? likely : (likely + random.Next(1, 4)) % 4];
            }
            return new string(bases);
        }
        var figures = Measure(Draw);
        Assert.InRange(figures["markov"]["loss-on-bases"], 0.58, 0.72);
        Assert.True(figures["unigram"]["loss-on-bases"] > 1.2);
        Assert.Equal(figures["unigram"]["loss-on-sentinels"], figures["markov"]["loss-on-sentinels"], 1e-9);
    }

    [Fact]
    public void By_place_knows_what_sequences_share()
    {
        var motif = SampleDna.Sequence(new SeededRandom(12), 150);
        var figures = Measure(random => SampleDna.Sequence(random, 150) + motif);
        // The last span always ends the sequence, so more than half of what is hidden lies in the shared half.
        Assert.InRange(figures["markov-by-place"]["loss-on-bases"], 0.3, 0.9);
        Assert.True(figures["markov"]["loss-on-bases"] > figures["markov-by-place"]["loss-on-bases"] + 0.05);
    }

    [Fact]
    public void It_learns_contexts_of_another_alphabets_letters()
    {
        var model = new MarkovModel(tokenizer.Vocabulary, 2, letters: "CN");
        model.Learn(tokenizer.Encode(new("x", string.Concat(Enumerable.Repeat("CCNN", 50))), new()).Ids.SkipLast(1));
        List<int> before = [.. tokenizer.Encode(new("x", "CC"), new()).Ids.SkipLast(1)];
        var next = tokenizer.Vocabulary.Find("N")!.Value;
        model.Choose([(before, next)]);
        Assert.True(model.Probability(before, next) > 20 * model.Probability(before, before[0]));
        Assert.Equal(1, tokenizer.Vocabulary.Regular.Sum(id => model.Probability(before, id)), 1e-9);
    }

    [Fact]
    public void It_spreads_its_probability_over_all_that_can_follow()
    {
        var model = new MarkovModel(tokenizer.Vocabulary, 3, byPlace: true);
        model.Learn(tokenizer.Encode(new("x", "ACGTTGCANACGT"), new()).Ids.SkipLast(1));
        List<int> before = [.. tokenizer.Encode(new("x", "TTGC"), new()).Ids.SkipLast(1)];
        model.Choose([(before, before[0])]);
        Assert.Equal(1, tokenizer.Vocabulary.Regular.Sum(id => model.Probability(before, id)), 1e-9);
    }
}
