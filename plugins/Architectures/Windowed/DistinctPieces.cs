using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Windowed;

using static TorchSharp.torch;

/// <summary>
/// Pieces of a batch without those that are there already: mutants of one sequence differ in one piece, and windows that overlap share
/// some. For use, not for training, which drops at random.
/// </summary>
/// <param name="Batch">The distinct ones, U of them.</param>
/// <param name="Places_K">Where each piece's equal is among them: "K".</param>
/// <remarks>Axes: K pieces of all samples, S their tokens.</remarks>
internal sealed record DistinctPieces(Batch Batch, Tensor Places_K)
{
    /// <summary>Finds them; null where all are distinct.</summary>
    /// <param name="pieces">Columns "K S".</param>
    public static DistinctPieces? Of(Batch pieces)
    {
        using var scope = NewDisposeScope();
        using var joined = cat([.. pieces.Columns.Select(c => pieces[c].to_type(ScalarType.Float64))], 1);
        var rows = joined.cpu().data<double>().ToArray();
        var width = (int)joined.shape[1];
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        List<long> first = [];
        var places = new long[joined.shape[0]];
        for (var k = 0; k < places.Length; k++)
        {
            // The numbers' bytes as characters: a key that compares as they do.
            var key = new string(MemoryMarshal.Cast<double, char>(rows.AsSpan(k * width, width)));
            if (!known.TryGetValue(key, out places[k]))
            {
                known[key] = places[k] = first.Count;
                first.Add(k);
            }
        }
        if (first.Count == places.Length) return null;
        var device = joined.device;
        var first_U = tensor(first.ToArray(), device: device);
        var taken = pieces.Columns.Select(c => (Key: c, Column: pieces[c].index_select(0, first_U).MoveToOuterDisposeScope())).ToList();
        var mask = taken.Single(t => t.Key == Keys.AttentionMask).Column;
        var batch = new Batch([], []) { RealTokens = mask.sum().item<long>(), Tokens = mask.numel() };
        foreach (var (key, column) in taken) batch.Set(key, column);
        return new(batch, tensor(places, device: device).MoveToOuterDisposeScope());
    }
}
