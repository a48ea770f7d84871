using FsCheck;
using FsCheck.Fluent;
using PluginHost.Plugins.DataTools.Splitting;

namespace PluginHost.Data.Tests.Tools;

public sealed class SplitPropertyTests
{
    private static readonly Gen<(int[] Groups, int[] Labels)> rows =
        Gen.Choose(1, 200).SelectMany(n => Gen.Zip(Gen.Choose(0, 60).ArrayOf(n), Gen.Choose(0, 3).ArrayOf(n)));

    [Fact]
    public void Every_group_goes_to_one_part_and_every_part_with_a_share_may_get_some() =>
        Prop.ForAll(Gen.Zip(rows, Gen.Choose(0, 1000)).ToArbitrary(), t =>
        {
            var ((groups, labels), seed) = t;
            double[] shares = [0.7, 0.0, 0.3];
            var parts = GroupShares.Deal(groups, labels, [.. groups.Select(_ => 1L)], shares, (ulong)seed);
            Assert.Equal(groups.Max() + 1, parts.Length);
            Assert.All(groups, g => Assert.Contains(parts[g], (int[])[0, 2]));
            Assert.Equal(parts, GroupShares.Deal(groups, labels, [.. groups.Select(_ => 1L)], shares, (ulong)seed));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Single_rows_meet_every_share_of_every_label_within_one_row()
    {
        Prop.ForAll(Gen.Zip(Gen.Choose(0, 4).ArrayOf(500), Gen.Choose(0, 1000)).ToArbitrary(), t =>
        {
            var (labels, seed) = t;
            double[] shares = [0.8, 0.1, 0.1];
            var parts = GroupShares.Deal([.. Enumerable.Range(0, 500)], labels, [.. labels.Select(_ => 1L)], shares, (ulong)seed);
            foreach (var label in labels.Distinct())
                for (var part = 0; part < 3; part++)
                {
                    var total = labels.Count(l => l == label);
                    var here = Enumerable.Range(0, 500).Count(r => labels[r] == label && parts[r] == part);
                    Assert.InRange(here, shares[part] * total - 1, shares[part] * total + 1);
                }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void Folds_are_disjoint_cover_all_and_never_divide_a_group() =>
        Prop.ForAll(Gen.Zip(rows, Gen.Zip(Gen.Choose(3, 10), Gen.Elements(false, true))).ToArbitrary(), t =>
        {
            var ((groups, labels), (folds, dev)) = t;
            var parts = GroupShares.Deal(groups, labels, [.. groups.Select(_ => 1L)], [.. Enumerable.Repeat(1.0 / folds, folds)], 5);
            var files = SplitFiles.Folds([.. groups.Select(g => parts[g])], folds, dev);
            var width = dev ? 3 : 2;
            var tested = new int[groups.Length];
            var kinds = new Dictionary<(int Fold, int Group), int>();
            for (var row = 0; row < groups.Length; row++)
            {
                var of = files.Of(row).ToArray();
                Assert.Equal(Enumerable.Range(0, folds), of.Select(f => f / width));
                foreach (var file in of)
                {
                    if (file % width == 1) tested[row]++;
                    if (!kinds.TryAdd((file / width, groups[row]), file % width))
                        Assert.Equal(kinds[(file / width, groups[row])], file % width);
                }
            }
            Assert.All(tested, times => Assert.Equal(1, times));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Subsets_are_nested_stratified_and_leave_the_other_splits_alone() =>
        Prop.ForAll(Gen.Zip(rows, Gen.Choose(0, 1000)).ToArbitrary(), t =>
        {
            var ((groups, labels), seed) = t;
            double[] shares = [0.01, 0.03, 0.1, 0.3, 0.5];
            var parts = groups.Select(g => g % 3).ToArray();
            var files = SplitFiles.Parts(parts, [true, true, true], shares, labels, (ulong)seed);
            Assert.Equal(["train", "dev", "test", "train-1-percent", "train-3-percent", "train-10-percent", "train-30-percent",
                "train-50-percent"], files.Names);
            for (var row = 0; row < parts.Length; row++)
            {
                var of = files.Of(row).ToList();
                Assert.Equal(parts[row], of[0]);
                if (parts[row] > 0) Assert.Single(of);
                // In a subset means in all larger ones, up to the last.
                else Assert.Equal(Enumerable.Range(8 - (of.Count - 1), of.Count - 1), of[1..]);
            }
            foreach (var label in Enumerable.Range(0, parts.Length).Where(r => parts[r] == 0).GroupBy(r => labels[r]))
                for (var subset = 0; subset < shares.Length; subset++)
                    Assert.Equal(Math.Max(1, Math.Round(shares[subset] * label.Count())),
                        label.Count(r => files.Of(r).Contains(3 + subset)));
        }).Check(Config.QuickThrowOnFailure);
}
