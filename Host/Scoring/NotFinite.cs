using PluginHost.Host.Models;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Scoring;

using static TorchSharp.torch;

/// <summary>Counts what a model gave that is no finite number: such a table is wrong, whatever else is right.</summary>
public sealed class NotFinite
{
    private string first = "";

    /// <summary>Rows, or samples, with such a value.</summary>
    public long Count { get; private set; }

    /// <summary>Looks at the rows of a batch.</summary>
    public void Add(IEnumerable<PredictionRow> rows)
    {
        foreach (var row in rows)
            if (!Array.TrueForAll(row.Values, float.IsFinite) || row.Losses.Any(l => !double.IsFinite(l.Sum))) Add(row.Id, 1);
    }

    /// <summary>Looks at losses of a batch of which no rows are known.</summary>
    public void Add(Scored scored, IReadOnlyList<Sample> samples)
    {
        if (scored.Losses.Any(l => !double.IsFinite(l.Sum))) Add(samples[0].Id, samples.Count);
    }

    /// <summary>What is wrong, where, and likely why; null when nothing is.</summary>
    /// <param name="model">Whose weights are looked at.</param>
    public string? Sentence(TaskModel model)
    {
        if (Count == 0) return null;
        var weight = model.State().FirstOrDefault(s => is_floating_point(s.Tensor.dtype) && !s.Tensor.isfinite().all().item<bool>()).Name;
        var reason = weight is not null
            ? $"the model's weight '{weight}' is not finite: train it again with a lower rate, or import it again"
            : "the weights are finite, so its numbers overflow: try another precision, or look at the sequence";
        return $"{Wording.Counted(Count, "row")} with values that are not finite (NaN or infinite), the first of '{first}'; {reason}.";
    }

    private void Add(string id, long rows)
    {
        if (Count == 0) first = id;
        Count += rows;
    }
}
