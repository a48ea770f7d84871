using PluginHost.PluginKit;
using PluginHost.Plugins.Decoders;

namespace PluginHost.Plugins.Tests.Decoders;

using static TorchSharp.torch;

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

    private static Tensor LogProbabilities(int rows) => tensor(shares).log().unsqueeze(0).repeat(rows, 1);

    /// <summary>How often each token is drawn first.</summary>
    private static int[] Counts(object? options, DecodeLimits? limits = null)
    {
        using var scope = NewDisposeScope();
        var decoding = Decoder("sample", options).Begin(new(Rows, vocabulary, limits ?? new(1)));
        Assert.Empty(decoding.Choose(LogProbabilities(Rows)));
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
        using var scope = NewDisposeScope();
        int[] Drawn(int rows, long first)
        {
            var decoding = Decoder("sample").Begin(new(rows, vocabulary, new(1) { Seed = 5, FirstRow = first }));
            decoding.Choose(LogProbabilities(rows));
            return [.. decoding.Finish().Select(d => d.Tokens[0])];
        }
        Assert.Equal(Drawn(50, 0), Drawn(20, 0).Concat(Drawn(30, 20)));
    }

    [Theory]
    [InlineData("greedy")]
    [InlineData("sample")]
    public void Log_probabilities_are_the_models_own_and_rows_end_alone(string name)
    {
        using var scope = NewDisposeScope();
        object? options = name == "sample" ? new { temperature = 1e-3 } : null;
        var decoding = Decoder(name, options).Begin(new(2, vocabulary, new(3) { Stop = [2], Forbidden = [4] }));
        Tensor Scores(params float[] probabilities) => tensor(probabilities, [probabilities.Length / 5, 5]).log();
        Assert.Equal([new(0, 0), new(1, 1)], decoding.Choose(Scores(0.4f, 0.1f, 0.1f, 0.1f, 0.3f, 0.1f, 0.3f, 0.1f, 0.1f, 0.4f)));
        Assert.Equal([new(1, 3)], decoding.Choose(Scores(0.1f, 0.1f, 0.6f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.5f, 0.2f)));
        Assert.Empty(decoding.Choose(Scores(0.7f, 0.1f, 0.1f, 0.05f, 0.05f)));
        var written = decoding.Finish();
        Assert.Equal([0, 2], written[0].Tokens);
        Assert.True(written[0].Stopped);
        Assert.Equal(Math.Log(0.4 * 0.6), written[0].LogProbability, 5);
        Assert.Equal([1, 3, 0], written[1].Tokens);
        Assert.False(written[1].Stopped);
        Assert.Equal(Math.Log(0.3 * 0.5 * 0.7), written[1].LogProbability, 5);
    }

    [Theory]
    [InlineData("greedy")]
    [InlineData("sample")]
    public void Forbidding_all_is_refused(string name) => Assert.Contains("forbidden", Assert.Throws<UsageException>(() =>
        Decoder(name).Begin(new(1, vocabulary, new(1) { Forbidden = [0, 1, 2, 3, 4] })).Choose(LogProbabilities(1))).Message);
}
