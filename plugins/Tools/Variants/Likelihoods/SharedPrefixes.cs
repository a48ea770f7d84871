namespace PluginHost.Plugins.Variants.Likelihoods;

using static TorchSharp.torch;

/// <summary>
/// Likelihoods of sequences that begin alike, by a model that reads from left to right and keeps what it has read: the common beginning is
/// computed once, and counts in none of them.
/// </summary>
/// <param name="model">Its backbone is an <see cref="IIncremental"/>.</param>
/// <param name="batchTokens">Padded tokens computed at once.</param>
internal sealed class SharedPrefixes(TrainedModel model, int batchTokens)
{
    private readonly int pad = model.Tokenizer.Vocabulary.Pad ?? 0;
    private readonly TokenHead head = new(model, "M V");

    /// <summary>Whether a model can go on from a beginning, and its tokenizer's columns can be cut there.</summary>
    public static bool Serves(TrainedModel model) => model.Backbone is IIncremental grows && grows.Grows == Keys.InputIds
        && model.Backbone.Shape.Causal && model.Tokenizer.Writes.All(key => key.Axes == "B T");

    /// <summary>How many tokens all of them begin with, one of each left over.</summary>
    public static int Common(IReadOnlyList<EncodedSequence> members)
    {
        var common = members.Min(m => m.Ids.Length) - 1;
        foreach (var member in members.Skip(1))
            common = Math.Min(common, member.Ids.AsSpan().CommonPrefixLength(members[0].Ids));
        return common;
    }

    /// <summary>
    /// Sums of ln p of the tokens that stand for bases behind what a group has in common: axes group, member.
    /// </summary>
    /// <param name="groups">Sequences that begin with at least one token in common.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public double[][] Sums(IReadOnlyList<EncodedSequence[]> groups, CancellationToken cancellation)
    {
        var sums = groups.Select(g => new double[g.Length]).ToArray();
        int[] common = [.. groups.Select(Common)];
        // What a group takes: its members' rows side by side.
        int[] sizes = [.. groups.Select(g => g.Length * g.Max(m => m.Ids.Length))];
        foreach (var places in WindowTokens.Batches(sizes, batchTokens))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var still = no_grad();
            Batch([.. places.Select(p => (groups[p], common[p], sums[p]))]);
        }
        return sums;
    }

    private void Batch((EncodedSequence[] Members, int Common, double[] Sums)[] groups)
    {
        model.Backbone.eval();
        var members = groups.SelectMany((g, row) => g.Members.Select((of, m) => (Row: row, Of: of, g.Common, g.Sums, Member: m))).ToArray();
        var beginnings = Pad([.. groups.Select(g => WindowTokens.Cut(g.Members[0], 0, g.Common))]);
        // The last token of the beginning tells the first behind it.
        var columns = beginnings.Axis("T");
        TokenHead.Ask(beginnings, members.Select(m => (m.Row * columns + m.Common - 1, m.Of.Ids[m.Common])));
        var begun = model.Place(beginnings);
        using var state = ((IIncremental)model.Backbone).Start(begun);
        var first_M = head.LogP(model.Continue(begun, state), begun);
        foreach (var (i, member) in members.Index())
            if (member.Of.Spans[member.Common].Length > 0) member.Sums[member.Member] += first_M[i];

        state.Reorder(tensor(members.Select(m => (long)m.Row).ToArray()).to(model.Device));
        var rest = Pad([.. members.Select(m => WindowTokens.Cut(m.Of, m.Common, m.Of.Ids.Length))]);
        columns = rest.Axis("T");
        var asked = members.SelectMany((m, row) => TokenLikelihood.Counted(m.Of, m.Common + 1)
            .Select(t => (Row: row, Position: row * columns + t - 1 - m.Common, Token: m.Of.Ids[t]))).ToArray();
        if (asked.Length == 0) return;
        TokenHead.Ask(rest, asked.Select(a => (a.Position, a.Token)));
        var went = model.Place(rest);
        var of_M = head.LogP(model.Continue(went, state), went);
        foreach (var (i, (row, _, _)) in asked.Index()) members[row].Sums[members[row].Member] += of_M[i];
    }

    private Batch Pad(EncodedSequence[] rows) => Collation.Pad([.. rows.Select(_ => new Sample("window", ""))], rows, pad);
}
