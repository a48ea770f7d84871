using PluginHost.PluginKit;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MultiLabel;
using static PluginHost.Plugins.Tests.Supervised.Fitting;

namespace PluginHost.Plugins.Tests.MultiLabel;

/// <summary>Lists and flags of labels that cannot be meant.</summary>
[Collection(TorchCollection.Name)]
public sealed class BadLabelTests
{
    private static readonly string[] field = ["labels"];
    private readonly Workbench bench = new(new KMerPlugin(), new MultiLabelPlugin());

    public BadLabelTests() => bench.UseTokenizer("kmer", new { k = 3 });

    private static Sample[] Rows(params string[] labels) =>
        [.. labels.Select((l, i) => Row($"{i + 2}", "ACGTACGT", ("labels", l)))];

    [Theory]
    [InlineData("1 0 0|0 1 0|0 2 1|1 0 0", "data.csv:4: the labels are not all 0, 1 or NA, as those of data.csv:2 and most other rows are")]
    [InlineData("1 0 0|0 1|0 0 1", "data.csv:3: there is a 0 or 1 for another number of labels than at data.csv:2 (3)")]
    [InlineData("a;b|nan|b", "data.csv:3: the label 'nan' reads as a missing value")]
    [InlineData("a;b|A|b", "data.csv:3: the label 'A' (1 row) differs from 'a'")]
    public void Of_the_training_split_are_refused(string train, string message) => Assert.StartsWith(message,
        Assert.Throws<DataException>(() => Fit(bench, "multi-label", new { fields = field }, Rows(train.Split('|')))).Message);

    [Fact]
    public void Of_other_splits_are_told_of_all_at_once()
    {
        var names = Fit(bench, "multi-label", new { fields = field }, Rows("a;b", "b;a"));
        Assert.StartsWith("data.csv:3: unknown label 'z' in 2 rows, also 'y' (1 row); known labels are a, b.",
            Assert.Throws<DataException>(() => names.Check(Rows("a", "z;a", "y", "z"))).Message);
        var flags = Fit(bench, "multi-label", new { fields = field }, Rows("1 0", "0 1", "1 1"));
        Assert.StartsWith("data.csv:3: the labels (1 x) are not all 0, 1 or NA",
            Assert.Throws<DataException>(() => flags.Check(Rows("1 0", "1 x"))).Message);
    }

    [Fact]
    public void A_row_without_any_does_not_turn_flags_into_names()
    {
        Assert.StartsWith("data.csv:2: there are 1 label flags, but 2 labels", Assert.Throws<DataException>(
            () => Fit(bench, "multi-label", new { fields = field }, Rows("", "1,0", "0,1"))).Message);
        Assert.Equal(["a", "b"], Fit(bench, "multi-label", new { fields = field }, Rows("", "a", "b", "a;b", "a")).Card.OutputNames);
    }

    [Fact]
    public void Labels_that_hold_once_are_warned_of()
    {
        var objective = (IFittedObjective)bench.Build<IObjective>("multi-label", new { fields = field });
        objective.Fit(Rows("a;b", "a"));
        Assert.StartsWith("The label 'b' (data.csv:2) has one training row only", Assert.Single(objective.Warnings));
    }
}
