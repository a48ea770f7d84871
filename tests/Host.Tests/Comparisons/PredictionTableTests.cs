using PluginHost.Host.Apps.Comparisons;
using PluginHost.Host.Scoring;

namespace PluginHost.Host.Tests.Comparisons;

public sealed class PredictionTableTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-compare-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void What_an_evaluation_wrote_comes_back_bit_for_bit()
    {
        List<PredictionRow> rows = [new(0, "a", "yes", 1, [1f / 3, 2f / 3]), new(1, "b", "0", 0, [0.75f, 0.25f]),
            new(2, "c", "1", 0, [0.6f, 0.4f])];
        using var text = new StringWriter();
        PredictionRow.Write(text, rows, ["no", "yes"]);

        var table = PredictionTable.Read(Write("p.tsv", text.ToString()));

        Assert.Equal(["no", "yes"], table.Outputs);
        Assert.Equal(["a", "b", "c"], table.Ids);
        Assert.Equal([1, 0, 1], table.Truth);
        Assert.Equal([1, 0, 0], table.Predicted);
        Assert.Equal(rows.Select(r => r.Values), table.Values);
        var picked = table.Pick([2, 0, 2]);
        Assert.Equal([1, 1, 1], picked.Labels!);
        Assert.Equal(0.6f, picked.Probabilities![0, 0]);
    }

    [Fact]
    public void Real_valued_outputs_keep_their_truths()
    {
        var table = PredictionTable.Read(Write("p.tsv", "id\tlabel\tdev\thk\nx\t1.5;2\t-1.5\t3\n"));

        Assert.False(table.HasClasses);
        Assert.Equal([1.5f, 2f], table.Targets[0]);
        Assert.Equal(3f, table.Pick([0]).Outputs![0, 1]);
    }

    [Fact]
    public void Stretches_are_known_by_their_place()
    {
        var table = PredictionTable.Read(
            Write("p.tsv", "id\tstart\tend\tlabel\tpredicted\tp_no\tp_yes\nx\t0\t3\tno\tyes\t0.4\t0.6\nx\t3\t6\tyes\tyes\t0.1\t0.9\n"));

        Assert.Equal(["x:0-3", "x:3-6"], table.Ids);
        Assert.Equal([0, 1], table.Truth);
    }

    [Fact]
    public void Files_and_places_stand_before_the_label()
    {
        List<PredictionRow> rows =
        [
            new(0, "a", "no", 1, [0.4f, 0.6f]) { File = "x.fa", Place = new("chr1", 5, 8, '-') },
            new(1, "a", "yes", 1, [0.1f, 0.9f]) { File = "y.fa" },
        ];
        using var text = new StringWriter();
        PredictionRow.Write(text, rows, ["no", "yes"]);
        Assert.Equal("id\tfile\tchromosome\tstart\tend\tstrand\tlabel\tpredicted\tp_no\tp_yes\n"
            + "a\tx.fa\tchr1\t5\t8\t-\tno\tyes\t0.4\t0.6\na\ty.fa\t\t\t\t\tyes\tyes\t0.1\t0.9\n", text.ToString());

        var table = PredictionTable.Read(Write("p.tsv", text.ToString()));
        Assert.Equal([0, 1], table.Truth);
        Assert.Equal(["a:x.fa:chr1:5-8", "a:y.fa::-"], table.Ids);
        rows[1] = rows[1] with { Id = "b" };
        text.GetStringBuilder().Clear();
        PredictionRow.Write(text, rows, ["no", "yes"]);
        Assert.Equal(["a", "b"], PredictionTable.Read(Write("p.tsv", text.ToString())).Ids);
    }

    [Fact]
    public void Several_truths_of_a_sample_are_written_and_read()
    {
        using var text = new StringWriter();
        PredictionRow.Write(text, [new(0, "a", null, null, [0.5f, 2]) { Targets = [1.25f, float.NaN] }], ["dev", "hk"]);
        Assert.Equal("id\tlabel\tdev\thk\na\t1.25;NaN\t0.5\t2\n", text.ToString());

        var table = PredictionTable.Read(Write("p.tsv", text.ToString()));

        Assert.Equal([1.25f, float.NaN], table.Targets[0]);
    }

    [Fact]
    public void The_same_samples_in_another_order_are_put_in_step()
    {
        var first = PredictionTable.Read(Write("a.tsv", "id\tlabel\tpredicted\tp_0\tp_1\na\t0\t0\t1\t0\nb\t1\t1\t0\t1\n"));
        var second = PredictionTable.Read(Write("b.tsv", "id\tlabel\tpredicted\tp_0\tp_1\nb\t1\t0\t0.9\t0.1\na\t0\t0\t0.8\t0.2\n"));

        var ordered = second.InOrderOf(first);

        Assert.Equal(first.Truth, ordered.Truth);
        Assert.Equal([[0.8f, 0.2f], [0.9f, 0.1f]], ordered.Values);
    }

    [Theory]
    [InlineData("id\tlabel\tpredicted\tp_0\tp_1\na\t0\t0\t1\t0\n", "has 1 samples, but")]
    [InlineData("id\tlabel\tpredicted\tp_0\tp_1\na\t0\t0\t1\t0\nc\t1\t1\t0\t1\n", "Sample 'b' of")]
    [InlineData("id\tlabel\tpredicted\tp_0\tp_1\na\t1\t0\t1\t0\nb\t1\t1\t0\t1\n", "one label in")]
    [InlineData("id\tlabel\tpredicted\tp_no\tp_yes\na\tno\tno\t1\t0\nb\tyes\tyes\t0\t1\n", "compare models of the same task")]
    public void Other_samples_are_refused(string other, string sentence)
    {
        var first = PredictionTable.Read(Write("a.tsv", "id\tlabel\tpredicted\tp_0\tp_1\na\t0\t0\t1\t0\nb\t1\t1\t0\t1\n"));

        Assert.Contains(sentence, Assert.Throws<DataException>(() => PredictionTable.Read(Write("b.tsv", other)).InOrderOf(first)).Message);
    }

    [Theory]
    [InlineData("sequence,label\nACGT,1\n", "must begin with 'id'")]
    [InlineData("id\tpredicted\tp_0\tp_1\na\t0\t1\t0\n", "have no labels")]
    [InlineData("id\tlabel\tpredicted\tp_0\tp_1\n", "but no rows")]
    [InlineData("id\tlabel\tpredicted\tp_0\tp_1\na\t0\t0\t1\n", "has 4 cells but the header has 5")]
    [InlineData("id\tlabel\tpredicted\tp_0\tp_1\na\t7\t0\t1\t0\n", "the label '7' is none of the classes 0, 1")]
    [InlineData("id\tlabel\tpredicted\tp_0\tp_1\na\t0\t0\tx\t0\n", "'x' is not a number")]
    public void What_is_no_table_of_predictions_is_refused(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<DataException>(() => PredictionTable.Read(Write("p.tsv", text))).Message);

    [Fact]
    public void A_missing_file_says_what_to_name() =>
        Assert.Contains("does not exist",
            Assert.Throws<DataException>(() => PredictionTable.Read(Path.Combine(folder, "none.tsv"))).Message);
}
