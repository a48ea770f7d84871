using MathNet.Numerics.Statistics;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.Variants.Scoring;
using PluginHost.Plugins.Variants.Truth;

namespace PluginHost.Plugins.Tests.Tools.Variants;

/// <summary>What needs no model, on effects that are made.</summary>
public sealed class BaselineTests
{
    private const int Window = 41, Middle = Window / 2;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every substitution of random sequence, with an effect of what it changes.</summary>
    private static List<MeasuredAllele> Alleles(int positions, Func<string, string, int, double> effect)
    {
        var random = new SeededRandom(3);
        var dna = string.Concat(Enumerable.Range(0, positions + Window).Select(_ => "ACGT"[(int)random.Next(4)]));
        List<MeasuredAllele> alleles = [];
        for (var start = 0; start < positions; start++)
        {
            var reference = dna.Substring(start, Window);
            foreach (var put in "ACGT".Where(b => b != reference[Middle]))
            {
                var alternative = reference[..Middle] + put + reference[(Middle + 1)..];
                var pair = new WindowPair(new(reference, Middle, 1), new(alternative, Middle, 1)) { Chromosome = "c1", Start = start };
                alleles.Add(MeasuredAllele.Of(pair, effect(reference, alternative, start), double.NaN, false));
            }
        }
        return alleles;
    }

    private static double Pearson(IReadOnlyList<MeasuredAllele> alleles, double[] said) =>
        Correlation.Pearson(alleles.Select(a => a.Effect), said);

    [Fact]
    public void Blocks_are_neighbours_and_hold_all_alleles_of_a_position()
    {
        var alleles = Alleles(25, (_, _, _) => 0);
        var blocks = new PositionBlocks(alleles);
        Assert.Equal(PositionBlocks.Most, blocks.Count);
        int[] of = [.. Enumerable.Range(0, alleles.Count).Select(a => blocks[a])];
        Assert.Equal(of.Order(), of);
        Assert.Equal(25, blocks.Positions.Count);
        Assert.All(blocks.Positions, p => Assert.Single(p.Select(a => blocks[a]).Distinct()));
        Assert.All(of.CountBy(b => b), b => Assert.InRange(b.Value, 6, 9));
    }

    [Fact]
    public void A_trinucleotide_that_is_seen_once_says_nothing_of_itself()
    {
        var alleles = Alleles(60, (_, _, _) => 1);
        var odd = alleles[30] with { Effect = 100 };
        alleles[30] = odd;
        var said = TrinucleotideMeans.Of(alleles, new(alleles));
        // The others all have 1, so that whatever is fitted without it says no more than they.
        Assert.Equal(0, said[30], 9);
    }

    [Fact]
    public void Trinucleotides_and_words_find_an_effect_of_theirs_and_none_in_noise()
    {
        double Tata(string reference, string alternative, int _) => Count(alternative) - Count(reference);
        static int Count(string dna) => Enumerable.Range(0, dna.Length - 2).Count(i => dna.AsSpan(i, 3) is "TAC" or "GCA" or "CGT");
        var planted = Alleles(500, Tata);
        Assert.True(Pearson(planted, KMerRegression.Of(planted, new(planted), Cancellation)) > 0.9);
        var transitions = Alleles(500, (r, a, _) => (r[Middle], a[Middle]) is ('C', 'T') && r[Middle + 1] == 'G' ? 1 : 0);
        Assert.True(Pearson(transitions, TrinucleotideMeans.Of(transitions, new(transitions))) > 0.9);
        var noise = new SeededRandom(8);
        var none = Alleles(500, (_, _, _) => noise.NextDouble());
        Assert.InRange(Pearson(none, KMerRegression.Of(none, new(none), Cancellation)), -0.15, 0.15);
        Assert.InRange(Pearson(none, TrinucleotideMeans.Of(none, new(none))), -0.15, 0.15);
    }

    [Fact]
    public void An_effect_of_the_place_alone_is_not_looked_up_from_neighbours()
    {
        // Drawn folds would give the block's own level away.
        var levels = Alleles(300, (_, _, at) => at / 30 % 2);
        Assert.InRange(Pearson(levels, KMerRegression.Of(levels, new(levels), Cancellation)), -0.2, 0.2);
        Assert.InRange(Pearson(levels, TrinucleotideMeans.Of(levels, new(levels))), -0.2, 0.2);
    }
}
