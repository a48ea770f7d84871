using PluginHost.Plugins.Variants.Likelihoods;

namespace PluginHost.Plugins.Variants.Saturation.Likelihood;

using static TorchSharp.torch;

/// <summary>
/// Log-likelihoods of sequences that are much alike. What each has in common with the first at its beginning is computed once: the others
/// are taken in the order of the first token that differs, and go on from the keys and values of the tokens before it.
/// </summary>
/// <param name="model">A causal language model.</param>
/// <param name="batchTokens">Tokens computed at once.</param>
internal sealed class SharedBeginnings(TrainedModel model, int batchTokens)
{
    // A batch as large as this multiplies at full rate; what waits for a later place need not be computed again before it.
    private const int Enough = 512;

    private readonly TokenHead head = new(model, "M V");

    /// <summary>Sums of ln p of each token that stands for bases but the first of all, given those before it, in nats.</summary>
    /// <param name="samples">The first gives the beginnings.</param>
    /// <param name="done">Is told how many more are computed.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public double[] Of(IReadOnlyList<Sample> samples, Action<int> done, CancellationToken cancellation)
    {
        var encodings = samples.Select(s => MutantTokens.Of(model, s)).ToList();
        if (model.Backbone is not IIncremental { Grows: var grows } incremental || grows != Keys.InputIds
            || encodings.Any(e => e.Attached.Count > 0))
            return new TokenLikelihood(model, batchTokens).Causal([.. encodings.Select(e => (e, 0))], cancellation);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var first = encodings[0];
        var sums = new double[samples.Count];
        var upTo = UpTo(incremental, first);
        sums[0] = upTo[^1];
        var order = Enumerable.Range(1, samples.Count - 1).Select(i => (Index: i, Same: Same(first.Ids, encodings[i].Ids)))
            .OrderBy(s => s.Same).ToList();
        using var state = Start(incremental, 1);
        for (var next = 0; next < order.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            // The last token in common is computed again in each row: it tells how likely the first that differs is.
            var from = Math.Max(order[next].Same - 1, 0);
            var rows = Rows(order, next, from, encodings);
            if (from > state.Length) Go([first.Ids[state.Length..from]], state);
            var parts = rows.Select(r => encodings[r]).ToList();
            var found = Ends(incremental, state, parts, from);
            for (var r = 0; r < rows.Count; r++) sums[rows[r]] = upTo[from] + found[r].Sum();
            next += rows.Count;
            done(rows.Count);
        }
        return sums;
    }

    /// <summary>The rows of a batch: until it is full, or large enough and the next would compute much again.</summary>
    private List<int> Rows(List<(int Index, int Same)> order, int next, int from, List<EncodedSequence> encodings)
    {
        List<int> rows = [];
        for (var longest = 0; next < order.Count; next++)
        {
            var (index, same) = order[next];
            longest = Math.Max(longest, encodings[index].Ids.Length - from);
            var tokens = (rows.Count + 1L) * longest;
            if (rows.Count > 0 && (tokens > batchTokens || (tokens > Enough && (same - 1 - from) * 8 > longest))) break;
            rows.Add(index);
        }
        return rows;
    }

    private static int Same(int[] one, int[] other) => one.AsSpan().CommonPrefixLength(other);

    /// <summary>The log-likelihood of a sequence up to each token, axis T.</summary>
    private double[] UpTo(IIncremental incremental, EncodedSequence encoding)
    {
        using var state = Start(incremental, 1);
        var sums = new double[encoding.Ids.Length];
        var of = Ends(incremental, state, [encoding], 0)[0];
        for (var t = 1; t < sums.Length; t++) sums[t] = sums[t - 1] + of[t - 1];
        return sums;
    }

    /// <summary>ln p of each token behind a place, by row; 0 of those that stand for no bases.</summary>
    /// <param name="incremental">The backbone.</param>
    /// <param name="state">What rows have in common before the place; stays as it is.</param>
    /// <param name="rows">Whole sequences.</param>
    /// <param name="from">The place of the first token that is computed.</param>
    private double[][] Ends(IIncremental incremental, DecodingState state, IReadOnlyList<EncodedSequence> rows, int from)
    {
        using var scope = NewDisposeScope();
        var longest = rows.Max(r => r.Ids.Length);
        using var branch = from == 0 ? Start(incremental, rows.Count)
            : state.Branch(zeros([rows.Count], ScalarType.Int64, model.Device));
        List<long> places = [];
        List<int> tokens = [];
        for (var b = 0; b < rows.Count; b++)
            for (var t = from + 1; t < rows[b].Ids.Length; t++)
            {
                if (rows[b].Spans[t].Length == 0) continue;
                places.Add((long)b * (longest - from) + t - 1 - from);
                tokens.Add(rows[b].Ids[t]);
            }
        // No token sees a later one, so what stands behind the end of a row is of no matter.
        var (batch, output) = Go(
            [.. rows.Select(r => (int[])[.. r.Ids[from..], .. new int[longest - r.Ids.Length]])], branch);
        double[][] found = [.. rows.Select(r => new double[r.Ids.Length - from - 1])];
        if (places.Count == 0) return found;
        TokenHead.Ask(batch, places.Zip(tokens));
        var of_M = head.LogP(output, batch);
        for (var m = 0; m < of_M.Length; m++)
            found[places[m] / (longest - from)][places[m] % (longest - from)] = of_M[m];
        return found;
    }

    private DecodingState Start(IIncremental incremental, int rows) => incremental.Start(Columns([.. Enumerable.Repeat(new[] { 0 }, rows)]));

    private (Batch Batch, BackboneOutput Output) Go(int[][] ids, DecodingState state)
    {
        var batch = Columns(ids);
        return (batch, model.Continue(batch, state));
    }

    private Batch Columns(int[][] ids) =>
        model.Place(Collation.Pad([], [.. ids.Select(row => new EncodedSequence(row, new BaseSpan[row.Length]))], 0));
}
