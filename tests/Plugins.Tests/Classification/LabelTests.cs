using PluginHost.PluginKit;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.KMer;
using static PluginHost.Plugins.Tests.Supervised.Fitting;

namespace PluginHost.Plugins.Tests.Classification;

/// <summary>What labels of training, dev and test may be: decided by the training split, once for all.</summary>
[Collection(TorchCollection.Name)]
public sealed class LabelTests
{
    private readonly Workbench bench = new(new KMerPlugin(), new ClassificationPlugin());

    public LabelTests() => bench.UseTokenizer("kmer", new { k = 3 });

    private static Sample[] Rows(params string[] labels) =>
        [.. labels.Select((l, i) => Row($"{i + 2}", "ACGTACGT", ("label", l)))];

    private string Refused(object options, string[] train, string[] other)
    {
        var objective = Fit(bench, "classify", options, Rows(train));
        var message = Assert.Throws<DataException>(() => objective.Check(Rows(other))).Message;
        Assert.Throws<DataException>(() => { foreach (var row in Rows(other)) objective.Collate([row], Context(bench)).Dispose(); });
        return message;
    }

    private string Unfit(object options, params string[] train) =>
        Assert.Throws<DataException>(() => Fit(bench, "classify", options, Rows(train))).Message;

    [Theory]
    [InlineData("1 2 1 2", "1 0 1", "data.csv:3: unknown label '0'; known labels are 1, 2.")]
    [InlineData("promoter background", "background 0 1 0", "data.csv:3: unknown label '0' in 2 rows, also '1' (1 row); known labels are "
        + "background, promoter. The training rows write names, so a number is no index.")]
    [InlineData("-1 1 -1 1", "0 2", "data.csv:2: unknown label '0', also '2' (1 row); known labels are -1, 1.")]
    [InlineData("a b", "a nan", "data.csv:3: unknown label 'nan'")]
    [InlineData("donor acceptor", "acceptor Donor", "data.csv:3: unknown label 'Donor' (did you mean 'donor'?); known labels are")]
    public void A_label_that_training_lacks_is_refused_with_the_first_row_and_all_such_labels(string train, string other, string message) =>
        Assert.StartsWith(message, Refused(new { }, train.Split(' '), other.Split(' ')));

    [Theory]
    [InlineData("0 1 2 0 1 2", "acceptor", "known labels are 0 (donor), 1 (acceptor), 2 (neither). The training rows write indices")]
    [InlineData("donor acceptor neither", "1", "The training rows write names, so a number is no index.")]
    public void Labels_of_a_list_are_written_one_way_in_every_split(string train, string other, string message) =>
        Assert.Contains(message, Refused(new { labels = new[] { "donor", "acceptor", "neither" } }, train.Split(' '), [other]));

    [Fact]
    public void Indices_of_a_list_are_told()
    {
        object options = new { labels = new[] { "donor", "acceptor" } };
        var objective = (IFittedObjective)bench.Build<IObjective>("classify", options);
        var found = objective.Fit(Rows("1", "0", "1", "0"));
        Assert.Equal("indices", found["labelForm"]);
        Assert.Equal("The training rows write labels as indices of 'labels': 0 is 'donor', 1 is 'acceptor'.",
            Assert.Single(objective.Notes));
        using var batch = Fit(bench, "classify", options, Rows("1", "0", "1", "0")).Collate(Rows("1", "0"), Context(bench));
        Assert.Equal([1, 0], batch[Keys.Class].data<long>().ToArray());
    }

    [Theory]
    [InlineData("donor 1 donor", "data.csv:3: the label '1' is an index, but data.csv:2 has the name 'donor'; write all rows one way")]
    [InlineData("1 acceptor", "data.csv:2: the label '1' is an index, but data.csv:3 has the name 'acceptor'")]
    [InlineData("donor other", "data.csv:3: unknown label 'other'; known labels are donor, acceptor.")]
    [InlineData("0 2", "data.csv:2: unknown label '0', also '2' (1 row)")]
    public void Training_rows_that_are_written_two_ways_are_refused(string train, string message) =>
        Assert.StartsWith(message, Unfit(new { labels = new[] { "donor", "acceptor" } }, train.Split(' ')));

    [Fact]
    public void Names_that_are_numbers_are_no_indices()
    {
        Assert.StartsWith("data.csv:2: unknown label '0'; known labels are 1, 2.", Unfit(new { labels = new[] { "1", "2" } }, "0", "1"));
        Assert.StartsWith("data.csv:3: unknown label '2'", Unfit(new { classes = 2 }, "1", "2"));
        using var batch = Fit(bench, "classify", new { labels = new[] { "1", "0" } }, Rows("0", "1")).Collate(Rows("0"), Context(bench));
        Assert.Equal(1, batch[Keys.Class].item<long>());
    }

    [Theory]
    [InlineData("0 1 0 nan 1", "data.csv:5: the label 'nan' reads as a missing value, not as a class; ")]
    [InlineData("NA a b", "data.csv:2: the label 'NA' reads as a missing value")]
    [InlineData("a b None", "data.csv:4: the label 'None' reads as a missing value")]
    [InlineData("donor Donor donor acceptor", "data.csv:3: the label 'Donor' (1 row) differs from 'donor' (2 rows) only in how it is")]
    [InlineData("1 0 1.0 0", "data.csv:4: the label '1.0' (1 row) differs from '1' (1 row) only")]
    [InlineData("0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.1 1.2",
        "data.csv:2: the labels are 11 different numbers (0.1, 0.2, 0.3 and 8 more): "
        + "measurements, not classes; use 'regress'")]
    public void Labels_that_nobody_means_are_refused_with_file_and_line(string train, string message) =>
        Assert.StartsWith(message, Unfit(new { }, train.Split(' ')));

    [Fact]
    public void What_labels_lists_is_meant()
    {
        using var batch = Fit(bench, "classify", new { labels = new[] { "a", "A", "none" } }, Rows("none", "A", "a"))
            .Collate(Rows("A", "none"), Context(bench));
        Assert.Equal([1, 2], batch[Keys.Class].data<long>().ToArray());
    }

    [Fact]
    public void Classes_of_one_row_or_none_are_warned_of()
    {
        var objective = (IFittedObjective)bench.Build<IObjective>("classify", new { labels = new[] { "a", "b", "c" } });
        objective.Fit(Rows("a", "a", "b"));
        Assert.Equal(2, objective.Warnings.Count);
        Assert.StartsWith("The label 'b' (data.csv:4) has one training row only", objective.Warnings[0]);
        Assert.StartsWith("No training row has the label 'c'", objective.Warnings[1]);
    }

    [Fact]
    public void A_model_from_elsewhere_takes_indices_where_no_name_is_a_number()
    {
        var objective = bench.Build<IObjective>("classify", new { labels = new[] { "donor", "acceptor" } });
        using var batch = objective.Collate(Rows("1", "donor"), Context(bench));
        Assert.Equal([1, 0], batch[Keys.Class].data<long>().ToArray());
        Assert.Throws<DataException>(() => bench.Build<IObjective>("classify", new { labels = new[] { "1", "2" } }).Check(Rows("0")));
    }
}
