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
        using var still = no_grad();
        var first = encodings[0];
        var (sums, upTo) = (new double[samples.Count], new double[first.Ids.Length]);
        var order = Enumerable.Range(1, samples.Count - 1).Select(i => (Index: i, Same: Same(first.Ids, encodings[i].Ids)))
            .OrderBy(s => s.Same).ToList();
        using var state = Start(incremental, 1);
        for (var next = 0; next < order.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            // The last token in common is computed again in each row: it tells how likely the first that differs is.
            var from = Math.Max(order[next].Same - 1, 0);
            GoOn(from);
            var rows = Rows(order, next, from, encodings);
            using (var branch = Branch(incremental, state, rows.Count))
            {
                var found = Run(branch, [.. rows.Select(r => encodings[r])], from, int.MaxValue);
                for (var r = 0; r < rows.Count; r++) sums[rows[r]] = upTo[from] + found[r].Sum();
            }
            next += rows.Count;
            done(rows.Count);
        }
        GoOn(upTo.Length);
        sums[0] = upTo[^1];
        return sums;

        void GoOn(int end)
        {
            var begin = state.Length;
            if (end <= begin) return;
            var found = Run(state, [first], begin, end)[0];
            for (var t = begin + 1; t < Math.Min(end + 1, upTo.Length); t++) upTo[t] = upTo[t - 1] + found[t - begin - 1];
        }
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

    /// <summary>Runs over tokens of rows and lets the state take them in.</summary>
    /// <param name="state">Has as many rows, and has seen what stands before the tokens.</param>
    /// <param name="rows">Whole sequences.</param>
    /// <param name="from">The place of the first token.</param>
    /// <param name="end">One past the last; beyond a sequence for all.</param>
    /// <returns>ln p of each token behind one of these, by row; 0 of those that stand for no bases.</returns>
    private double[][] Run(DecodingState state, IReadOnlyList<EncodedSequence> rows, int from, int end)
    {
        using var scope = NewDisposeScope();
        end = Math.Min(end, rows.Max(r => r.Ids.Length));
        var columns = end - from;
        List<long> places = [];
        List<int> tokens = [];
        for (var b = 0; b < rows.Count; b++)
            for (var t = from + 1; t < Math.Min(end + 1, rows[b].Ids.Length); t++)
            {
                if (rows[b].Spans[t].Length == 0) continue;
                places.Add((long)b * columns + t - 1 - from);
                tokens.Add(rows[b].Ids[t]);
            }
        // No token sees a later one, so what stands behind the end of a row is of no matter.
        var batch = Columns([.. rows.Select(r => (int[])[.. r.Ids[from..Math.Min(end, r.Ids.Length)], .. new int[
            Math.Max(0, end - r.Ids.Length)]])]);
        var output = model.Continue(batch, state);
        double[][] found = [.. rows.Select(_ => new double[columns])];
        if (places.Count == 0) return found;
        TokenHead.Ask(batch, places.Zip(tokens));
        var of_M = head.LogP(output, batch);
        for (var m = 0; m < of_M.Length; m++) found[places[m] / columns][places[m] % columns] = of_M[m];
        return found;
    }

    private DecodingState Branch(IIncremental incremental, DecodingState state, int rows)
    {
        if (state.Length == 0) return Start(incremental, rows);
        using var all = zeros([rows], ScalarType.Int64, model.Device);
        return state.Branch(all);
    }

    private DecodingState Start(IIncremental incremental, int rows)
    {
        using var scope = NewDisposeScope();
        return incremental.Start(Columns([.. Enumerable.Repeat(new[] { 0 }, rows)]));
    }

    private Batch Columns(int[][] ids) =>
        model.Place(Collation.Pad([], [.. ids.Select(row => new EncodedSequence(row, new BaseSpan[row.Length]))], 0));
}
