using PluginHost.Libs.Genomics.Tracks;
using PluginHost.Plugins.Scan;
using PluginHost.Plugins.Scan.Tracks;

namespace PluginHost.Plugins.Tests.Tools.Scan;

/// <summary>From windows to a track, and from a track to peaks.</summary>
public sealed class TrackTests
{
    private static List<(string, long, long, float)> Merged(Merge merge, int bin, params (string Name, long Start, float[] Values)[] windows)
    {
        var stretches = new List<(string, long, long, float)>();
        var track = new BaseTrack(merge, bin, (name, start, end, value) => stretches.Add((name, start, end, value)));
        foreach (var (name, start, values) in windows) track.Add(name, start, 4, values);
        track.Finish();
        return stretches;
    }

    [Fact]
    public void Bases_get_the_mean_or_the_maximum_of_the_windows_that_cover_them()
    {
        (string, long, float[])[] windows = [("a", 10, [1]), ("a", 12, [3]), ("a", 20, [5]), ("a", 24, [5]), ("b", 2, [7])];
        Assert.Equal([("a", 10, 12, 1), ("a", 12, 14, 2), ("a", 14, 16, 3), ("a", 20, 28, 5), ("b", 2, 6, 7)], Merged(Merge.Mean, 1, windows));
        Assert.Equal([("a", 10, 12, 1), ("a", 12, 16, 3), ("a", 20, 28, 5), ("b", 2, 6, 7)], Merged(Merge.Maximum, 1, windows));
    }

    [Fact]
    public void A_bin_is_the_mean_over_its_bases_that_have_a_value() =>
        Assert.Equal([("a", 10, 15, 1.8f), ("a", 15, 16, 3)], Merged(Merge.Mean, 5, ("a", 10, [1]), ("a", 12, [3])));

    [Fact]
    public void Bases_of_their_own_may_have_no_value() =>
        Assert.Equal([("a", 0, 1, 1), ("a", 2, 4, 2), ("a", 4, 6, 4)],
            Merged(Merge.Mean, 1, ("a", 0, [1, float.NaN, float.NaN, 2]), ("a", 2, [2, 2, 4, 4])));

    [Theory]
    [InlineData(0, 1, "10-12 15-20")]
    [InlineData(3, 1, "10-20")]
    [InlineData(0, 3, "15-20")]
    public void Peaks_are_joined_and_short_ones_left_out(int distance, int shortest, string expected)
    {
        var peaks = new List<Peak>();
        var caller = new PeakCaller(0.5, distance, shortest, peaks.Add);
        caller.Add("a", 0, 10, 0.1f);
        caller.Add("a", 10, 12, 0.5f);
        caller.Add("a", 12, 15, 0.2f);
        caller.Add("a", 15, 17, 0.7f);
        caller.Add("a", 17, 20, 0.9f);
        caller.Add("a", 20, 30, 0.4f);
        caller.Finish();
        Assert.Equal(expected, string.Join(' ', peaks.Select(p => $"{p.Start}-{p.End}")));
        Assert.Equal((0.9f, 18L), (peaks[^1].Maximum, peaks[^1].Summit));
        if (distance == 3) Assert.Equal((2 * 0.5 + 3 * 0.2 + 2 * 0.7 + 3 * 0.9) / 10, peaks[0].Mean, 1e-6);
    }
}
