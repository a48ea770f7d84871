using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>
/// What the contract asks of backbones that say they are <see cref="BackboneShape.Causal"/> or <see cref="IIncremental"/>.
/// </summary>
public static class CausalChecks
{
    /// <summary>A later token never changes an earlier hidden state.</summary>
    /// <param name="backbone">In evaluation mode.</param>
    /// <param name="batch">Of its columns, without padding, at least two tokens long.</param>
    /// <param name="vocabulary">Ids to draw from.</param>
    /// <param name="tolerance">
    /// Largest difference, in units of the largest value: none, or what a Fourier transform over the whole sequence rounds.
    /// </param>
    public static void NeverLooksAhead(Backbone backbone, Batch batch, long vocabulary, double tolerance = 1e-5)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var random = new SeededRandom(17);
        var length = batch.Axis("T");
        var before = backbone.Forward(batch, Capture.None)[StreamKey.Hidden];
        for (var trial = 0; trial < 5; trial++)
        {
            var place = random.Next(length - 1) + 1;
            var ids_BT = batch[Keys.InputIds].clone();
            ids_BT.narrow(1, place, length - place)
                .copy_((ids_BT.narrow(1, place, length - place) + 1 + random.Next(vocabulary - 1)).remainder(vocabulary));
            using var changed = With(batch, Keys.InputIds, ids_BT);
            var after = backbone.Forward(changed, Capture.None)[StreamKey.Hidden];
            var difference = (before - after).narrow(1, 0, place).abs().max().item<float>();
            Require(difference <= tolerance * Math.Max(1, before.abs().max().item<float>()),
                $"tokens from {place} on change the hidden states before them by {difference}.");
        }
    }

    /// <summary>However a sequence is cut into pieces, the streams equal those over the whole, piece after piece.</summary>
    /// <param name="backbone">In evaluation mode.</param>
    /// <param name="batch">Of its columns, without padding.</param>
    /// <param name="tolerance">Largest difference, in units of the largest value.</param>
    public static void PiecesEqualTheWhole(Backbone backbone, Batch batch, double tolerance = 1e-5)
    {
        var incremental = (IIncremental)backbone;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var axis = incremental.Grows.AxisNames[1];
        var length = batch.Axis(axis);
        var whole = backbone.Forward(batch, Capture.None)[incremental.Generates];
        foreach (var cuts in new[] { [0, length], [0, 1, length], [0, length / 2, length - 1, length],
            Enumerable.Range(0, (int)length + 1).Select(i => (long)i).ToArray() })
        {
            using var state = incremental.Start(batch);
            Require(state.Rows == batch.Samples.Count && state.Length == 0,
                $"a fresh state has {state.Rows} rows and {state.Length} columns.");
            foreach (var (from, to) in cuts.Zip(cuts.Skip(1)).Where(c => c.First < c.Second))
            {
                using var piece = Piece(batch, axis, from, to);
                var actual = incremental.Continue(piece, state)[incremental.Generates];
                var difference = (whole.narrow(1, from, to - from) - actual).abs().max()
                    .item<float>() / Math.Max(1, whole.abs().max().item<float>());
                Require(difference <= tolerance,
                    $"columns {from} to {to} of {length} differ by {difference} when they come after a piece.");
            }
            Require(state.Length == length, $"the state counts {state.Length} columns after {length}.");
        }
    }

    /// <summary>Branches of a state go on as a state of their rows would, and leave it as it was.</summary>
    /// <param name="backbone">In evaluation mode.</param>
    /// <param name="batch">Of its columns, without padding, at least three tokens long; its last rows are others than its first.</param>
    /// <param name="tolerance">Largest difference, in units of the largest value.</param>
    public static void BranchesGoOn(Backbone backbone, Batch batch, double tolerance = 1e-5)
    {
        var incremental = (IIncremental)backbone;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var axis = incremental.Grows.AxisNames[1];
        var (length, rows) = (batch.Axis(axis), batch.Samples.Count);
        var whole = backbone.Forward(batch, Capture.None)[incremental.Generates];
        using var state = incremental.Start(batch);
        using var first = Piece(batch, axis, 0, length / 2);
        using var second = Piece(batch, axis, length / 2, length);
        incremental.Continue(first, state);
        using var turned_N = arange(rows - 1, -1, -1, ScalarType.Int64);
        using (var branch = state.Branch(turned_N))
        {
            using var others = Rows(second, turned_N);
            Near(incremental.Continue(others, branch)[incremental.Generates].index_select(0, turned_N), "of a branch");
        }
        Require(state.Length == length / 2 && state.Rows == rows, $"a state has {state.Length} columns after its branch went on.");
        Near(incremental.Continue(second, state)[incremental.Generates], "of a state that was branched");

        void Near(Tensor actual, string what)
        {
            var expected = whole.narrow(1, length / 2, length - length / 2);
            var difference = (expected - actual).abs().max().item<float>() / Math.Max(1, whole.abs().max().item<float>());
            Require(difference <= tolerance, $"columns {what} differ by {difference}.");
        }
    }

    private static Batch Rows(Batch batch, Tensor rows_N)
    {
        var other = new Batch(batch.Samples, []) { Tokens = batch.Tokens, RealTokens = batch.RealTokens };
        foreach (var column in batch.Columns) other.Set(column, batch[column].index_select(0, rows_N));
        return other;
    }

    private static Batch With(Batch batch, BatchKey key, Tensor tensor)
    {
        var copy = new Batch(batch.Samples, batch.Encodings) { Tokens = batch.Tokens, RealTokens = batch.RealTokens };
        foreach (var column in batch.Columns) copy.Set(column, column == key ? tensor : batch[column].alias());
        return copy;
    }

    private static Batch Piece(Batch batch, string axis, long from, long to)
    {
        var piece = new Batch(batch.Samples, [])
        {
            Tokens = (to - from) * batch.Samples.Count,
            RealTokens = (to - from) * batch.Samples.Count
        };
        foreach (var column in batch.Columns)
            if (column.AxisNames.Count == 2 && column.AxisNames[1] == axis)
                piece.Set(column, batch[column].narrow(1, from, to - from).clone());
        return piece;
    }
}
