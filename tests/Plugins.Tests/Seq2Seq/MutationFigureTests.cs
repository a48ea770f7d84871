using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.Mutations;
using Quickenshtein;

namespace PluginHost.Plugins.Tests.Seq2Seq;

public sealed class MutationFigureTests
{
    [Theory]
    [InlineData("ACGT", "ACGT", "")]
    [InlineData("ACGT", "AGGA", "C2G T4A")]
    [InlineData("ACGT", "AACGT", "-1A")]
    [InlineData("ACGT", "CGT", "A1-")]
    [InlineData("", "AC", "-0A -0C")]
    [InlineData("ACGTA", "ACTA", "G3-")]
    public void Edits_are_told_by_place_and_base(string parent, string child, string edits) =>
        Assert.Equal(edits, string.Join(' ', Edit.Between(parent, child)));

    [Fact]
    public void There_are_as_many_edits_as_the_distance_and_they_make_the_child() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var (a, b) = (SampleDna.Sequence(random, (int)random.Next(12)), SampleDna.Sequence(random, (int)random.Next(12)));
            var edits = Edit.Between(a, b);
            var child = new System.Text.StringBuilder(a);
            foreach (var edit in edits.Reverse())
                switch (edit.Kind)
                {
                    case EditKind.Substitution: child[edit.Position - 1] = edit.To; break;
                    case EditKind.Deletion: child.Remove(edit.Position - 1, 1); break;
                    default: child.Insert(edit.Position, edit.To); break;
                }
            return edits.Count == Levenshtein.GetDistance(a, b) && child.ToString() == b;
        }));

    [Fact]
    public void Kinds_of_substitutions_and_amino_acids_are_the_standard_ones()
    {
        Assert.Equal(["transition", "transversion", "transversion"],
            Edit.Between("AAA", "GCT").Select(e => e.Change));
        // GAA (E) to GAG (E), then to TAA (stop); the first base is the second of a codon in frame 2.
        var codons = new Codons(1);
        Assert.Equal("E2E", codons.Change("ATGGAA", "ATGGAG", Edit.Between("ATGGAA", "ATGGAG")[0]));
        Assert.Equal("E2*", codons.Change("ATGGAA", "ATGTAA", Edit.Between("ATGGAA", "ATGTAA")[0]));
        Assert.Equal((2, 3, 1), (new Codons(2).Place(1), new Codons(2).Place(2), new Codons(2).Place(3)));
        Assert.Equal("", new Codons(2).Change("ATGG", "CTGG", Edit.Between("ATGG", "CTGG")[0]));
        Assert.Equal("G2W", new Codons(2).Change("ATGGG", "ATTGG", Edit.Between("ATGGG", "ATTGG")[0]));
    }

    [Fact]
    public void Figures_are_those_by_hand()
    {
        // First right; second right in the second place, two edits off in the first; third a copy, one edit off.
        Case[] cases =
        [
            new(new("AAAA", "AAAC"), ["AAAC", "AAAA"]),
            new(new("AAAA", "CAAA"), ["AAAC", "CAAA"]),
            new(new("AAAA", "AGAA"), ["AAAA"]),
        ];
        var values = Figures.Of(cases, 100, TestContext.Current.CancellationToken).Select(f => f.Value).ToArray();
        double[] expected = [1 / 3.0, 2 / 3.0, 1, 1, 1 / 2.0, 1 / 3.0, 1 / 2.0, 1 / 3.0];
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], 12);
        // The same site, another base: right by site, wrong by mutation.
        var site = new Case(new("AAAA", "AGAA"), ["ATAA"]);
        Assert.Equal(((1, 1, 1), (1, 1, 0)), (site.Sites, site.Mutations));
    }

    [Fact]
    public void The_most_frequent_mutations_of_training_are_put_into_a_parent_they_fit()
    {
        var trained = new TrainedMutations(
            [new("ACGT", "ACGA"), new("ACGT", "ACGA"), new("ACGT", "TCGT"), new("ACGT", "ACGT"), new("CCGT", "GCGT")]);
        Assert.Equal(["ACGA", "TCGT"], trained.Of("ACGT", 5));
        Assert.Equal(["CCGA"], trained.Of("CCGT", 1));
        Assert.Equal(["GGGG"], trained.Of("GGGG", 5));
    }

    [Fact]
    public void The_least_noisy_candidate_comes_first_and_of_equals_the_likelier()
    {
        var of = Expectation.Of(new("p", "A"),
            [new("A", -3, 0.5, true), new("C", -1, 0.9, true), new("G", -2, 0.5, true)]);
        Assert.Equal(["C", "G", "A"], of.Likeliest.Select(c => c.Sequence));
        Assert.Equal(["G", "A", "C"], of.Ranked.Select(c => c.Sequence));
        var without = Expectation.Of(new("p", "A"), [new("A", -3, double.NaN, true), new("C", -1, double.NaN, true)]);
        Assert.Equal(["C", "A"], without.Ranked.Select(c => c.Sequence));
    }

    [Fact]
    public void Changed_pairs_stand_apart_from_those_for_which_copying_is_right()
    {
        var expected = (Expectation[])[Expectation.Of(new("p", "AAAA"), [new("AAAC", -1, double.NaN, true)])];
        var comparison = new Comparison(expected, [new("AAAA", "AAAC"), new("AAAA", "AAAA"), new("AAAA", "AAAA")], null, judged: false, 100,
            TestContext.Current.CancellationToken);
        Assert.Equal(["all pairs", "changed pairs", "unchanged pairs"], comparison.Parts.Select(p => p.Part));
        double Top(int part, string name) => comparison.Parts[part].Rows.Single(r => r.Name == name).Figures[0].Value;
        Assert.Equal((2 / 3.0, 0, 1), (Top(0, Comparison.Copy), Top(1, Comparison.Copy), Top(2, Comparison.Copy)));
        Assert.Equal((1 / 3.0, 1, 0),
            (Top(0, Comparison.ByProbability), Top(1, Comparison.ByProbability), Top(2, Comparison.ByProbability)));
        Assert.Equal(2 / 3.0, comparison.Ceiling, 12); // the most frequent child, the copy
    }
}
