using FsCheck;
using FsCheck.Fluent;
using PluginHost.Plugins.Tables.Parts;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Data.Tests.Sources;

public sealed class FoldSourceTests
{
    private static readonly Arbitrary<(int Rows, int Labels, int Folds, int Seed, bool Repeats)> problems = (
        from rows in Gen.Choose(40, 160)
        from labels in Gen.Choose(1, 4)
        from folds in Gen.Choose(3, 10)
        from seed in Gen.Choose(0, 100_000)
        from repeats in Gen.Elements(true, false)
        select (rows, labels, folds, seed, repeats)).ToArbitrary();

    private static FoldSource Fold(IDataSource data, int fold, int folds, ulong seed = 1, bool dev = true, Split[]? pool = null) =>
        new(new FoldOptions
        {
            Folds = folds, Fold = fold, SplitSeed = seed, Dev = dev,
            Pool = pool ?? [Split.Train, Split.Dev, Split.Test]
        }, data);

    private static List<Sample> Rows(IDataSource data, Split split) => LabelledRows.All(data.Open(split));

    private static string Strand(Sample sample)
    {
        var other = Iupac.ReverseComplement(sample.Sequence);
        return string.CompareOrdinal(sample.Sequence, other) < 0 ? sample.Sequence : other;
    }

    [Fact]
    public void Test_folds_are_disjoint_and_cover_every_row_once() => Prop.ForAll(problems, p =>
    {
        var data = LabelledRows.Random(p.Rows, p.Labels, p.Repeats ? 0.2 : 0, (ulong)p.Seed);
        var tested = Enumerable.Range(1, p.Folds).SelectMany(fold => Rows(Fold(data, fold, p.Folds), Split.Test)).Select(s => s.Id)
            .ToList();
        Assert.Equal(p.Rows, tested.Count);
        Assert.Equal(p.Rows, tested.Distinct().Count());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Splits_of_a_fold_are_disjoint_cover_all_and_share_no_sequence_on_either_strand() => Prop.ForAll(problems, p =>
    {
        var fold = Fold(LabelledRows.Random(p.Rows, p.Labels, p.Repeats ? 0.2 : 0, (ulong)p.Seed), 1 + p.Seed % p.Folds, p.Folds);
        var parts = Enum.GetValues<Split>().Select(s => Rows(fold, s)).ToList();
        Assert.Equal(p.Rows, parts.SelectMany(r => r).Select(s => s.Id).Distinct().Count());
        Assert.Equal(p.Rows, parts.Sum(r => r.Count));
        Assert.Equal(parts.Sum(r => r.Select(Strand).Distinct().Count()), parts.SelectMany(r => r).Select(Strand).Distinct().Count());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Folds_of_different_sequences_differ_by_at_most_one_row_of_each_label_and_in_all() => Prop.ForAll(problems, p =>
    {
        var data = LabelledRows.Random(p.Rows, p.Labels, 0, (ulong)p.Seed);
        var folds = Enumerable.Range(1, p.Folds).Select(fold => Rows(Fold(data, fold, p.Folds), Split.Test)).ToList();
        // Short random sequences may be equal, or each other's reverse complement: then they stay together.
        if (folds.SelectMany(f => f).Select(Strand).Distinct().Count() < p.Rows) return;
        foreach (var label in folds.SelectMany(f => f).Select(s => s.Label).Distinct())
            Assert.InRange(folds.Max(f => f.Count(s => s.Label == label)) - folds.Min(f => f.Count(s => s.Label == label)), 0, 1);
        Assert.InRange(folds.Max(f => f.Count) - folds.Min(f => f.Count), 0, 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_dev_fold_is_the_next_folds_test_fold_and_the_last_wraps_around()
    {
        var data = LabelledRows.Random(60, 2, 0.1, 5);
        for (var fold = 1; fold <= 4; fold++)
            Assert.Equal(Rows(Fold(data, fold % 4 + 1, 4), Split.Test).Select(s => s.Id),
                Rows(Fold(data, fold, 4), Split.Dev).Select(s => s.Id));
    }

    [Fact]
    public void Folds_follow_from_the_split_seed()
    {
        var data = LabelledRows.Random(60, 2, 0, 5);
        string Ids(ulong seed) => string.Join(' ', Rows(Fold(data, 1, 5, seed), Split.Test).Select(s => s.Id));

        Assert.Equal(Ids(1), Ids(1));
        Assert.NotEqual(Ids(1), Ids(2));
    }

    [Fact]
    public void Without_dev_the_datas_own_is_used_only_when_it_is_not_pooled()
    {
        var data = LabelledRows.Random(60, 2, 0, 5);

        Assert.Null(Fold(data, 1, 5, dev: false).Open(Split.Dev));
        Assert.Equal(Rows(data, Split.Dev), Rows(Fold(data, 1, 5, dev: false, pool: [Split.Train]), Split.Dev));
        Assert.Equal(30, Rows(Fold(data, 1, 5, dev: false, pool: [Split.Train]), Split.Train).Count
            + Rows(Fold(data, 1, 5, dev: false, pool: [Split.Train]), Split.Test).Count);
    }

    [Fact]
    public void Rows_that_serve_as_any_split_are_pooled_once()
    {
        var rows = LabelledRows.All(LabelledRows.Random(80, 2, 0, 5).Open(Split.Train));
        var data = new LabelledRows(Enum.GetValues<Split>().ToDictionary(s => s, _ => (IReadOnlyList<Sample>)rows), isDivided: false);

        Assert.Equal(rows.Count, Enum.GetValues<Split>().Sum(s => Rows(Fold(data, 2, 4), s).Count));
    }

    [Fact]
    public void Measured_values_are_spread_evenly_over_the_folds()
    {
        var random = new SeededRandom(3);
        var rows = Enumerable.Range(0, 500)
            .Select(i => LabelledRows.Row(i, Dna.Random(12, (ulong)i),
            random.NextNormal().ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var data = new LabelledRows(new Dictionary<Split, IReadOnlyList<Sample>> { [Split.Train] = rows });
        var lowest = rows.OrderBy(r => r.Number("label")).Take(50).Select(r => r.Id).ToHashSet();

        for (var fold = 1; fold <= 10; fold++) Assert.Equal(5, Rows(Fold(data, fold, 10), Split.Test).Count(r => lowest.Contains(r.Id)));
    }

    [Fact]
    public void Too_few_different_sequences_are_a_data_failure()
    {
        var rows = Enumerable.Range(0, 20).Select(i => LabelledRows.Row(i, i % 2 == 0 ? "AACG" : "CGTT", "1")).ToList();
        var failure = Assert.Throws<DataException>(() =>
            Fold(new LabelledRows(new Dictionary<Split, IReadOnlyList<Sample>> { [Split.Train] = rows }), 1, 5).Open(Split.Train));

        Assert.Contains("20 rows with 1 different sequence cannot be divided into 5 folds", failure.Message);
    }

    [Theory]
    [InlineData(3, 4, true, "must be 1 to 3")]
    [InlineData(2, 1, true, "needs at least 3 folds")]
    public void Options_are_checked(int folds, int fold, bool dev, string message) =>
        Assert.Contains(new FoldOptions { Folds = folds, Fold = fold, Dev = dev }.Validate(new(new object())), r =>
            r.ErrorMessage!.Contains(message));

    [Fact]
    public void A_table_in_one_file_is_divided_without_a_warning_that_its_splits_are_alike()
    {
        using var folder = new DataFolder();
        var path = folder.Write("all.csv",
            "sequence,label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{Dna.Random(20, (ulong)i)},{i % 2}\n")));
        var fold = Fold(new TableSource(new() { Path = path }, p => p), 1, 4);

        Assert.Equal((20, 10, 10), (Rows(fold, Split.Train).Count, Rows(fold, Split.Dev).Count, Rows(fold, Split.Test).Count));
        Assert.DoesNotContain(fold.Notes, n => n.Contains("alike"));
        Assert.Contains("fold 1 of 4: 20 rows to train on, 10 to choose on, 10 to test on; folds have 10 to 10 rows.", fold.Notes);
    }
}
