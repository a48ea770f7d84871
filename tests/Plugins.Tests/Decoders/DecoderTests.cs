using PluginHost.PluginKit;
using PluginHost.Plugins.Decoders;

namespace PluginHost.Plugins.Tests.Decoders;

/// <summary>Decoders on given probabilities.</summary>
[Collection(TorchCollection.Name)]
public sealed class DecoderTests
{
    private const int Rows = 20_000;

    // 0.999 quantiles of chi-square with 1, 2, 3 and 4 degrees of freedom.
    private static readonly double[] limits = [10.83, 13.82, 16.27, 18.47];
    private static readonly float[] shares = [0.4f, 0.05f, 0.3f, 0.15f, 0.1f];
    private static readonly Vocabulary vocabulary = new(["a", "b", "c", "d", "e"], []);

    private static IDecoder Decoder(string name, object? options = null) =>
        new Workbench(new DecodersPlugin()).Build<IDecoder>(name, options);

    private static GivenStep Step(int rows, DecodeContext context) =>
        new(context, [.. Enumerable.Range(0, rows).Select(_ => shares)]);

    /// <summary>How often each token is drawn first.</summary>
    private static int[] Counts(object? options, DecodeLimits? limits = null)
    {
        var context = new DecodeContext(Rows, vocabulary, limits ?? new(1));
        var decoding = Decoder("sample", options).Begin(context);
        Assert.Empty(decoding.Choose(Step(Rows, context)));
        var counts = new int[vocabulary.Count];
        foreach (var one in decoding.Finish()) counts[Assert.Single(one.Tokens)]++;
        return counts;
    }

    private static void Follows(double[] weights, int[] counts)
    {
        var total = weights.Sum();
        var statistic = 0.0;
        for (var id = 0; id < weights.Length; id++)
        {
            if (weights[id] == 0) Assert.Equal(0, counts[id]);
            else statistic += Math.Pow(counts[id] - Rows * weights[id] / total, 2) / (Rows * weights[id] / total);
        }
        Assert.True(statistic < limits[weights.Count(w => w > 0) - 2], $"chi-square {statistic}: {string.Join(' ', counts)}");
    }

    [Fact]
    public void Draws_follow_the_probabilities() => Follows([0.4, 0.05, 0.3, 0.15, 0.1], Counts(null));

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.0)]
    public void A_temperature_sharpens_or_flattens(double temperature) =>
        Follows([.. shares.Select(s => Math.Pow(s, 1 / temperature))], Counts(new { temperature }));

    [Fact]
    public void Only_the_likeliest_are_drawn_where_asked()
    {
        Follows([0.4, 0, 0.3, 0.15, 0], Counts(new { topK = 3 }));
        Follows([0.4, 0, 0.3, 0, 0], Counts(new { topP = 0.7 }));
        Follows([0.4, 0, 0.3, 0.15, 0], Counts(new { topP = 0.71 }));
        // Of the three likeliest, 0.47, 0.35 and 0.18 of what is left, two have 0.8.
        Follows([0.4, 0, 0.3, 0, 0], Counts(new { topK = 3, topP = 0.8 }));
        Assert.Equal([Rows, 0, 0, 0, 0], Counts(new { topK = 1 }));
        Assert.Equal([Rows, 0, 0, 0, 0], Counts(new { topP = 1e-9 }));
    }

    [Fact]
    public void A_forbidden_token_is_never_drawn_and_the_others_keep_their_odds() =>
        Follows([0, 0.05, 0.3, 0.15, 0.1], Counts(null, new(1) { Forbidden = [0] }));

    [Fact]
    public void The_first_row_of_a_batch_goes_on_where_the_batch_before_ended()
    {
        int[] Drawn(int rows, long first)
        {
            var context = new DecodeContext(rows, vocabulary, new(1) { Seed = 5, FirstRow = first });
            var decoding = Decoder("sample").Begin(context);
            decoding.Choose(Step(rows, context));
            return [.. decoding.Finish().Select(d => d.Tokens[0])];
        }
        Assert.Equal(Drawn(50, 0), Drawn(20, 0).Concat(Drawn(30, 20)));
    }

    [Theory]
    [InlineData("greedy")]
    [InlineData("sample")]
    public void Log_probabilities_are_the_models_own_and_rows_end_alone(string name)
    {
        object? options = name == "sample" ? new { temperature = 1e-3 } : null;
        var context = new DecodeContext(2, vocabulary, new(3) { Stop = [2], Forbidden = [4] });
        var decoding = Decoder(name, options).Begin(context);
        Assert.Equal([new(0, 0), new(1, 1)],
            decoding.Choose(new GivenStep(context, [0.4f, 0.1f, 0.1f, 0.1f, 0.3f], [0.1f, 0.3f, 0.1f, 0.1f, 0.4f])));
        Assert.Equal([new(1, 3)],
            decoding.Choose(new GivenStep(context, [0.1f, 0.1f, 0.6f, 0.1f, 0.1f], [0.1f, 0.1f, 0.1f, 0.5f, 0.2f]) { Written = 1 }));
        Assert.Empty(decoding.Choose(new GivenStep(context, [[0.7f, 0.1f, 0.1f, 0.05f, 0.05f]]) { Written = 2 }));
        var written = decoding.Finish();
        Assert.Equal([0, 2], written[0].Tokens);
        Assert.Equal(DecodeEnd.Stop, written[0].End);
        Assert.Equal(Math.Log(0.4 * 0.6), written[0].LogProbability, 5);
        Assert.Equal([1, 3, 0], written[1].Tokens);
        Assert.Equal(DecodeEnd.Limit, written[1].End);
        Assert.Equal(Math.Log(0.3 * 0.5 * 0.7), written[1].LogProbability, 5);
    }

    [Theory]
    [InlineData("greedy")]
    [InlineData("sample")]
    [InlineData("beam")]
    public void Where_nothing_is_allowed_a_sequence_ends_stuck(string name)
    {
        var context = new DecodeContext(1, vocabulary, new(3));
        var decoding = Decoder(name).Begin(context);
        Assert.Single(decoding.Choose(new GivenStep(context, [0f, 0f, 0.5f, 0f, 0f])));
        Assert.Empty(decoding.Choose(new GivenStep(context, [0f, 0f, 0f, 0f, 0f]) { Written = 1 }));
        var written = Assert.Single(decoding.Finish());
        Assert.Equal([2], written.Tokens);
        Assert.Equal(DecodeEnd.Stuck, written.End);
        Assert.Equal(Math.Log(0.5), written.LogProbability, 5);
    }

    [Fact]
    public void No_temperature_is_the_likeliest_and_an_infinite_one_draws_from_all_alike()
    {
        Assert.Equal([Rows, 0, 0, 0, 0], Counts(new { temperature = 0.0 }));
        Follows([1, 1, 1, 1, 0], Counts(new { temperature = double.PositiveInfinity }, new(1) { Forbidden = [4] }));
    }

    [Fact]
    public void Tokens_far_less_likely_than_the_likeliest_are_left_out_where_asked() =>
        Follows([0.4, 0, 0.3, 0.15, 0], Counts(new { minP = 0.3 }));

    [Fact]
    public void What_was_written_becomes_less_likely_or_impossible_where_asked()
    {
        DecodedSequence Write(object options, int steps)
        {
            var context = new DecodeContext(1, vocabulary, new(steps));
            var decoding = Decoder("sample", options).Begin(context);
            for (var i = 0; i < steps; i++) decoding.Choose(new GivenStep(context, [shares]) { Written = i });
            return decoding.Finish()[0];
        }
        Assert.Equal([0, 0, 0, 0], Write(new { temperature = 0.0 }, 4).Tokens);
        // 0.4 / 2 is less than 0.3, whose half is less than 0.2.
        Assert.Equal([0, 2, 0, 0], Write(new { temperature = 0.0, repetitionPenalty = 2.0 }, 4).Tokens);
        Assert.Equal([0, 2, 3, 4, 1], Write(new { temperature = 0.0, noRepeat = 1 }, 5).Tokens);
        Assert.Equal([0, 0, 2, 0, 3, 0], Write(new { temperature = 0.0, noRepeat = 2 }, 6).Tokens);
        Assert.Equal(3 * Math.Log(0.4) + Math.Log(0.3), Write(new { temperature = 0.0, repetitionPenalty = 2.0 }, 4).LogProbability, 5);
    }
}
