using PluginHost.Host.Scoring;

namespace PluginHost.Host.Tests.Evaluation;

public class PredictionRowTests
{
    private static string Write(IReadOnlyList<PredictionRow> rows, params string[] outputs)
    {
        using var writer = new StringWriter();
        PredictionRow.Write(writer, rows, outputs);
        return writer.ToString();
    }

    [Fact]
    public void A_table_of_classes_has_names_and_full_numbers()
    {
        var text = Write([new(0, "a", "1", 1, [1f / 3, 2f / 3]), new(1, "b\tc", "0", 0, [0.75f, 0.25f])], "no", "yes");

        Assert.Equal("id\tlabel\tpredicted\tp_no\tp_yes\na\t1\tyes\t0.33333334\t0.6666667\nb c\t0\tno\t0.75\t0.25\n", text);
    }

    [Fact]
    public void Real_valued_outputs_have_no_class() =>
        Assert.Equal("id\tdev\nx\t-1.5\n", Write([new(0, "x", null, null, [-1.5f])], "dev"));

    [Fact]
    public void Stretches_of_samples_have_their_place_and_the_class_they_have()
    {
        var samples = new[] { new Sample("p", "AC"), new Sample("q", "C") { Fields = new Dictionary<string, object> { ["label"] = "9" } } };
        var rows = PredictionRow.From([7, 3], samples, new Scored
        {
            Ids = ["p", "p", "q"], Rows = [0, 0, 1], Spans = [new(0, 1), new(1, 2), new(0, 1)], Labels = [1, -100, 0],
            Predicted = [1, 0, 0],
            Probabilities = new float[,] { { 0.25f, 0.75f }, { 1, 0 }, { 0.5f, 0.5f } },
        }).ToList();
        rows.Sort(PredictionRow.InOrder);

        Assert.Equal(
            "id\tstart\tend\tlabel\tpredicted\tp_no\tp_yes\nq\t0\t1\tno\tno\t0.5\t0.5\n"
            + "p\t0\t1\tyes\tyes\t0.25\t0.75\np\t1\t2\t\tno\t1\t0\n", Write(rows, "no", "yes"));
    }

    [Fact]
    public void Stretches_of_placed_samples_lie_on_the_genome()
    {
        var samples = new[]
        {
            new Sample("p", "ACGTA") { Place = new("chr1", 100, 105, '+') },
                new Sample("m", "ACGTA") { Place = new("chr2", 100, 105, '-') },
            new Sample("haplotype", "ACGTA") { Place = new("chr3", 100, 103, '+') }, new Sample("nowhere", "ACGTA"),
        };
        var rows = PredictionRow.From([0, 1, 2, 3], samples, new Scored
        {
            Ids = ["p", "m", "haplotype", "nowhere"], Rows = [0, 1, 2, 3], Spans = [new(1, 3), new(1, 3), new(1, 3), new(1, 3)],
            Predicted = [0, 0, 0, 0], Probabilities = new float[,] { { 1 }, { 1 }, { 1 }, { 1 } },
        }).ToList();

        Assert.Equal("id\tchromosome\tstart\tend\tstrand\tpredicted\tp_x\np\tchr1\t101\t103\t+\tx\t1\nm\tchr2\t102\t104\t-\tx\t1\n"
            + "haplotype\t\t1\t3\t\tx\t1\nnowhere\t\t1\t3\t\tx\t1\n", Write(rows, "x"));
    }

    [Fact]
    public void Rows_follow_the_batch_and_objectives_without_rows_give_none()
    {
        var samples = new[] { new Sample("p", "A"), new Sample("q", "C") };
        var rows = PredictionRow.From([7, 3], samples, new Scored
        {
            Ids = ["p", "q"], Predicted = [1, 0], Probabilities = new float[,] { { 0.1f, 0.9f }, { 0.6f, 0.4f } },
        }).ToList();

        Assert.Equal([(7L, "p", 1), (3L, "q", 0)], rows.Select(r => (r.Index, r.Id, r.Predicted!.Value)));
        Assert.Empty(PredictionRow.From([0], samples[..1], new Scored()));
    }
}
