using MathNet.Numerics.Statistics;
using PluginHost.Libs.Statistics;
using Quickenshtein;

namespace PluginHost.Plugins.Mutations;

/// <summary>A predictor's answer to one true pair.</summary>
/// <param name="Pair">The truth.</param>
/// <param name="Ranked">Its candidates, the best first; at least one.</param>
internal sealed record Case(TruePair Pair, IReadOnlyList<string> Ranked)
{
    /// <summary>Whether the first candidate is the child.</summary>
    public bool First { get; } = Ranked[0] == Pair.Child;

    /// <summary>Edits between the first candidate and the child.</summary>
    public int Distance { get; } = Levenshtein.GetDistance(Ranked[0], Pair.Child);

    /// <summary>Whether one of the first candidates is the child.</summary>
    public bool Among(int count) => Ranked.Take(count).Contains(Pair.Child);

    /// <summary>Sites of the parent that the first candidate changes, that the child changes, and that both do.</summary>
    public (int Predicted, int True, int Both) Sites { get; } = Count(Ranked[0], Pair, e => (e.Position, e.Kind == EditKind.Insertion));

    /// <summary>The same of mutations: site and what becomes of it.</summary>
    public (int Predicted, int True, int Both) Mutations { get; } = Count(Ranked[0], Pair, e => e);

    private static (int, int, int) Count<T>(string predicted, TruePair pair, Func<Edit, T> key)
    {
        var ours = Edit.Between(pair.Parent, predicted).Select(key).ToHashSet();
        var theirs = Edit.Between(pair.Parent, pair.Child).Select(key).ToHashSet();
        return (ours.Count, theirs.Count, ours.Intersect(theirs).Count());
    }
}

/// <summary>A figure with its interval.</summary>
/// <param name="Value">NaN where undefined.</param>
/// <param name="Low">Of the percentile interval over cases drawn again.</param>
/// <param name="High">Likewise.</param>
internal readonly record struct Figure(double Value, double Low, double High);

/// <summary>How well a predictor does on some cases.</summary>
internal static class Figures
{
    /// <summary>Their names, in order.</summary>
    public static readonly string[] Names =
        ["top-1", "top-5", "mean LD", "median LD", "site precision", "site recall", "mutation precision", "mutation recall"];

    private const int Several = 5;

    /// <summary>The figures of <see cref="Names"/>.</summary>
    /// <param name="cases">At least one.</param>
    /// <param name="resamples">For the intervals.</param>
    /// <param name="cancellation">Stops between resamples.</param>
    public static IReadOnlyList<Figure> Of(IReadOnlyList<Case> cases, int resamples, CancellationToken cancellation) =>
        [.. PairedBootstrap.Run(cases.Count, places => Measure([.. places.Select(p => cases[p])]), resamples, seed: 1,
            cancellation: cancellation).Select(r => new Figure(r.Difference, r.Low, r.High))];

    private static double[] Measure(IReadOnlyList<Case> cases)
    {
        var (first, among) = (cases.Average(c => c.First ? 1.0 : 0), cases.Average(c => c.Among(Several) ? 1.0 : 0));
        var distances = cases.Select(c => (double)c.Distance).ToArray();
        return [first, among, distances.Average(), distances.Median(),
            .. Shares(cases.Select(c => c.Sites)), .. Shares(cases.Select(c => c.Mutations))];
    }

    /// <summary>Precision and recall over all cases together; NaN where nothing is predicted, or nothing is there.</summary>
    private static double[] Shares(IEnumerable<(int Predicted, int True, int Both)> counts)
    {
        var (predicted, there, both) = (0, 0, 0);
        foreach (var count in counts) (predicted, there, both) = (predicted + count.Predicted, there + count.True, both + count.Both);
        return [predicted == 0 ? double.NaN : (double)both / predicted, there == 0 ? double.NaN : (double)both / there];
    }
}
