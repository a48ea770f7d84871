using FsCheck;
using FsCheck.Fluent;
using PluginHost.Plugins.Tables.Parts;

namespace PluginHost.Data.Tests.Sources;

public sealed class SubsetSourceTests
{
    private static readonly double[] percents = [1, 3, 10, 30, 50, 100];

    private static readonly Arbitrary<(int Rows, int Labels, int Seed)> problems = (
        from rows in Gen.Choose(50, 1500)
        from labels in Gen.Choose(1, 6)
        from seed in Gen.Choose(0, 100_000)
        select (rows, labels, seed)).ToArbitrary();

    private static SubsetSource Subset(IDataSource data, double percent, ulong seed = 1) =>
        new(new SubsetOptions { Percent = percent, SplitSeed = seed }, data);

    private static List<string> Ids(IDataSource data, Split split) => [.. LabelledRows.All(data.Open(split)).Select(s => s.Id)];

    [Fact]
    public void Each_share_holds_the_smaller_ones_and_its_part_of_every_label() => Prop.ForAll(problems, p =>
    {
        var data = LabelledRows.Random(p.Rows, p.Labels, 0.1, (ulong)p.Seed);
        var all = LabelledRows.All(data.Open(Split.Train));
        HashSet<string> smaller = [];
        foreach (var percent in percents)
        {
            var rows = LabelledRows.All(Subset(data, percent).Open(Split.Train));
            var ids = rows.Select(r => r.Id).ToHashSet();
            Assert.Equal(rows.Count, ids.Count);
            Assert.Superset(smaller, ids);
            foreach (var label in all.GroupBy(r => r.Label))
                Assert.Equal(Math.Max(1, (int)Math.Round(label.Count() * percent / 100, MidpointRounding.AwayFromZero)),
                    rows.Count(r => r.Label == label.Key));
            smaller = ids;
        }
        Assert.Equal(all.Select(r => r.Id), Ids(Subset(data, 100), Split.Train));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Dev_and_test_are_unchanged()
    {
        var data = LabelledRows.Random(200, 3, 0, 4);

        foreach (var split in new[] { Split.Dev, Split.Test }) Assert.Equal(Ids(data, split), Ids(Subset(data, 3), split));
    }

    [Fact]
    public void Shares_follow_from_the_split_seed_and_keep_the_order()
    {
        var data = LabelledRows.Random(400, 2, 0, 4);

        Assert.Equal(Ids(Subset(data, 10), Split.Train), Ids(Subset(data, 10), Split.Train));
        Assert.NotEqual(Ids(Subset(data, 10), Split.Train), Ids(Subset(data, 10, seed: 2), Split.Train));
        Assert.Equal(Ids(data, Split.Train).Where(Ids(Subset(data, 10), Split.Train).Contains), Ids(Subset(data, 10), Split.Train));
    }

    [Fact]
    public void It_says_how_many_rows_are_left() =>
        Assert.Contains("10 % of the training split: 10 rows of 100.", Subset(LabelledRows.Random(200, 1, 0, 4), 10).Notes);

    [Fact]
    public void Texts_that_hardly_repeat_are_no_classes()
    {
        var rows = Enumerable.Range(0, 300).Select(i => LabelledRows.Row(i, Dna.Random(12, (ulong)i), $"text {i}")).ToList();

        Assert.Equal(30,
            Ids(Subset(new LabelledRows(new Dictionary<Split, IReadOnlyList<Sample>> { [Split.Train] = rows }), 10), Split.Train).Count);
    }
}
