using PluginHost.Host.Scoring;

namespace PluginHost.Host.Tests.Evaluation;

public sealed class PredictionColumnsTests
{
    private static string Write(IReadOnlyList<PredictionRow> rows, params string[] outputs)
    {
        using var writer = new StringWriter();
        PredictionRow.Write(writer, rows, outputs);
        return writer.ToString();
    }

    private static PredictionRow Losses(string id, params ScoredLoss[] losses) => new(0, id, null, null, []) { Losses = losses };

    [Fact]
    public void Losses_of_a_sequence_have_tokens_perplexity_and_what_else_is_reported()
    {
        var text = Write([
            Losses("a", new("lm", 2, 2, 1), new("at-mask", 1, 1, 0)),
            Losses("b", new("lm", 0, 0, 1), new("at-mask", 0, 0, 0)),
        ]);
        Assert.Equal("id\tloss\ttokens\tperplexity\tat-mask\tat-mask-count\n"
            + $"a\t1\t2\t{Math.E:R}\t1\t1\nb\t\t0\t\t\t0\n", text);
    }

    [Fact]
    public void Of_several_terms_that_are_minimised_each_is_shown_and_the_loss_is_their_weighted_sum()
    {
        var text = Write([Losses("a", new("lm", 4, 2, 1), new("gc", 3, 1, 0.5)), Losses("b", new ScoredLoss("lm", 4, 4, 1))]);
        Assert.Equal("id\tloss\ttokens\tperplexity\tlm\tlm-count\tgc\tgc-count", text.Split('\n')[0]);
        Assert.StartsWith("a\t3.5\t2\t", text.Split('\n')[1]);
        Assert.EndsWith("\t2\t2\t3\t1", text.Split('\n')[1]);
        Assert.EndsWith("\t1\t4\t\t", text.Split('\n')[2]);
    }

    [Fact]
    public void A_sequence_of_N_alone_or_without_a_token_carries_a_mark_and_is_counted()
    {
        Sample[] samples = [new("a", "ACGN"), new("n", "NNNN"), new("e", "A")];
        EncodedSequence[] encodings = [new([1], [new(0, 4)]), new([1], [new(0, 4)]), new([2], [BaseSpan.None])];
        var rows = PredictionRow.From([0, 1, 2], samples, new Scored
        {
            Ids = ["a", "n", "e"], Outputs = new float[,] { { 1 }, { 2 }, { 3 } },
        }, encodings).ToList();
        Assert.Equal("id\tnote\tdev\na\t\t1\nn\tno known base\t2\ne\tno token\t3\n", Write(rows, "dev"));
        Assert.Equal(2, PredictionNotes.Sentences(rows).Count());
        Assert.Contains("1 row marked 'no known base' in the column note, the first of 'n'", PredictionNotes.Sentences(rows).First());
        Assert.Equal("id\tdev\na\t1\n", Write(rows[..1], "dev"));
    }

    [Fact]
    public void Places_stand_before_the_label_and_are_BED()
    {
        var row = new PredictionRow(0, "w", "1", 1, [0.25f, 0.75f]) { Place = new("chr1", 5, 9, '-') };
        Assert.Equal("id\tchromosome\tstart\tend\tstrand\tlabel\tpredicted\tp_no\tp_yes\nw\tchr1\t5\t9\t-\t1\tyes\t0.25\t0.75\n",
            Write([row], "no", "yes"));
        var (columns, rows) = BedRows.Of([row], new([row], ["no", "yes"]));
        Assert.Equal(["#chromosome", "start", "end", "name", "score", "strand", "id", "label", "p_no", "p_yes"],
            columns.Select(c => c.Name));
        Assert.Equal(["chr1", 5L, 9L, "yes", 750L, "-", "w", "1", 0.25f, 0.75f], rows.Single());
        var homeless = row with { Place = null };
        Assert.Throws<UsageException>(() => BedRows.Of([homeless], new([homeless], ["no", "yes"])));
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_with_the_first_of_them()
    {
        var found = new NotFinite();
        found.Add([new PredictionRow(0, "a", null, null, [1]), new(1, "b", null, null, [float.NaN]),
            new(2, "c", null, null, [float.PositiveInfinity])]);
        found.Add([Losses("d", new ScoredLoss("lm", double.NaN, 1, 1))]);
        Assert.Equal(3, found.Count);
    }
}
