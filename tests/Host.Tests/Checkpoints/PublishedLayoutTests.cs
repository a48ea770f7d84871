using PluginHost.Host.Models;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>
/// Checkpoints in every published layout, imported and compared with an independent forward in Python: token ids exactly, hidden states
/// to 1e-4, and scores to 1e-4 of their root mean square where that is above 1. The small ones are stored; $PLUGINHOST_PUBLISHED names a
/// folder of others, of any size.
/// </summary>
public sealed class PublishedLayoutTests(ITestOutputHelper log)
{
    private const float Tolerance = 1e-4f;

    public static TheoryData<string> Folders =>
    [
        .. Directory.GetDirectories(GoldenContainers.File("layouts")).Order(),
        .. Environment.GetEnvironmentVariable("PLUGINHOST_PUBLISHED") is { Length: > 0 } more ? Directory.GetDirectories(more) : [],
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_imported_model_computes_what_Python_does(string folder)
    {
        using var scratch = new Scratch();
        var published = new PublishedCheckpoint(folder);
        PublishedCheckpoint.Import(published.Request(scratch.File("model")));

        var results = new LoadedModel(scratch.File("model")).Run(published.Sequences, published.Targets);

        var (hidden, scores) = (0f, 0f);
        for (var i = 0; i < results.Count; i++)
        {
            Assert.Equal(published.Ids(i), results[i].Ids);
            hidden = Math.Max(hidden, Difference(published.Hidden(i), results[i].Hidden, wholly: true));
            scores = Math.Max(scores,
                Difference(published.Scores(i), results[i].Scores, wholly: false) / Math.Max(1, Size(published.Scores(i))));
        }
        log.WriteLine($"{Path.GetFileName(folder)}: hidden states differ by {hidden:E1} at most, scores by {scores:E1}");
        // Nothing of T5 is approximate, and its sums are short in the small ones.
        var tolerance = Path.GetFileName(folder).StartsWith("enbed", StringComparison.Ordinal) ? Tolerance / 10 : Tolerance;
        Assert.InRange(hidden, 0, tolerance);
        Assert.InRange(scores, 0, tolerance);
    }

    private static float Size(float[] values) => values.Length == 0 ? 0 : (float)Math.Sqrt(values.Average(v => (double)v * v));

    private static float Difference(float[] expected, float[] actual, bool wholly)
    {
        if (wholly) Assert.Equal(expected.Length, actual.Length);
        else Assert.True(expected.Length <= actual.Length);
        return expected.Length == 0 ? 0 : expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
    }
}
