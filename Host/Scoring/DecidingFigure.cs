using System.Globalization;
using PluginHost.Host.Batches;

namespace PluginHost.Host.Scoring;

/// <summary>
/// Tells before training whether a figure can choose a model on a dev split: whether predictions that are all right and others that are
/// all wrong differ by it. On a split of one class, areas under curves are undefined and correlations always 0.
/// </summary>
public sealed class DecidingFigure
{
    private const int RowsAtOnce = 256;
    private readonly List<int> classes = [];
    private readonly List<float[]> targets = [];

    private DecidingFigure()
    {
    }

    /// <summary>Why a figure cannot choose, as a clause; null where it can, or where the objective's truths are of another kind.</summary>
    /// <param name="metric">Makes the figure, fresh.</param>
    /// <param name="batches">Dev as it is scored in training; read no further than it takes to tell.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static string? Blind(Func<IMetric> metric, ScoringBatches batches, CancellationToken cancellation)
    {
        var seen = new DecidingFigure();
        foreach (var places in batches.Places.Chunk(RowsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            using var prepared = batches.Recipe.Make(new PlannedBatch(default, places, default, 0), [.. places.Select(batches.Draw)],
                CollateMode.Evaluate, new SeededRandom(batches.Seed), progress: 0);
            if (!seen.Add(prepared.Batch) || seen.Tells(metric)) return null;
        }
        return seen.Why(batches.Recipe.Objective.Card.OutputNames);
    }

    private bool Add(Batch batch)
    {
        if (batch.TryGet(Keys.Class, out var labels))
        {
            classes.AddRange(labels.data<long>().ToArray().Where(c => c != Keys.Ignore).Select(c => (int)c));
            return true;
        }
        if (!batch.TryGet(Keys.Targets, out var rows)) return false;
        var table = ScoredItems.Rows(rows);
        for (var n = 0; n < table.GetLength(0); n++)
            targets.Add([.. Enumerable.Range(0, table.GetLength(1)).Select(c => table[n, c])]);
        return true;
    }

    private bool Tells(Func<IMetric> metric)
    {
        try
        {
            var (right, wrong) = (Figure(metric(), right: true), Figure(metric(), right: false));
            return !double.IsNaN(right) && !double.IsNaN(wrong) && right != wrong;
        }
        catch (UsageException)
        {
            // It reads something else of a batch: what that is worth is known once there is a model.
            return true;
        }
    }

    private double Figure(IMetric metric, bool right)
    {
        metric.Add(targets.Count > 0 ? OfTargets(right) : OfClasses(right));
        return metric.Value;
    }

    private Scored OfClasses(bool right)
    {
        var count = Math.Max(2, classes.DefaultIfEmpty(0).Max() + 1);
        var predicted = classes.Select(c => right ? c : (c + 1) % count).ToArray();
        var probabilities = new float[predicted.Length, count];
        for (var n = 0; n < predicted.Length; n++)
            for (var c = 0; c < count; c++) probabilities[n, c] = c == predicted[n] ? 0.8f : 0.2f / (count - 1);
        return new()
        {
            Ids = Names(predicted.Length), Labels = [.. classes], Predicted = predicted, Probabilities = probabilities,
            Losses = Loss(right)
        };
    }

    private Scored OfTargets(bool right)
    {
        var width = targets[0].Length;
        var (truths, outputs) = (new float[targets.Count, width], new float[targets.Count, width]);
        for (var c = 0; c < width; c++)
        {
            var known = targets.Select(t => t[c]).Where(float.IsFinite).DefaultIfEmpty(0).ToList();
            var (least, most) = (known.Min(), known.Max());
            for (var n = 0; n < targets.Count; n++)
            {
                truths[n, c] = targets[n][c];
                outputs[n, c] = !float.IsFinite(targets[n][c]) ? least : right ? targets[n][c]
                    : least < most ? least + most - targets[n][c] : most > 0.5f ? 0 : 1;
            }
        }
        return new() { Ids = Names(targets.Count), Outputs = outputs, Targets = truths, Losses = Loss(right) };
    }

    private static ScoredLoss[] Loss(bool right) => [new("loss", right ? 0 : 1, 1, 1)];

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private string Why(IReadOnlyList<string> names)
    {
        if (targets.Count > 0) return "the truths of its samples do not differ";
        var only = classes.Distinct().ToList();
        return only is [var one] ? $"all its labelled samples are of the class '{(one < names.Count ? names[one] : one)}'"
            : "its samples have no truths to tell models apart by";
    }
}
