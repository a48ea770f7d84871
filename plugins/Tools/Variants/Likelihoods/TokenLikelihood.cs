namespace PluginHost.Plugins.Variants.Likelihoods;

using static TorchSharp.torch;

/// <summary>Likelihoods of tokens by a model with a head of tokens: masked, or from left to right. In nats.</summary>
/// <param name="model">Trained by an objective of tokens.</param>
/// <param name="batchTokens">Padded tokens computed at once.</param>
internal sealed class TokenLikelihood(TrainedModel model, int batchTokens = 8192)
{
    private const int MostAsked = 4096;
    private readonly int pad = model.Tokenizer.Vocabulary.Pad ?? 0;
    private readonly TokenHead head = new(model, "M V");

    /// <summary>Whether it predicts tokens of the sequence at their own places.</summary>
    public bool IsOffered => head.IsThere;

    /// <summary>Whether no token sees a later one.</summary>
    public bool IsCausal => model.Backbone.Shape.Causal;

    /// <inheritdoc cref="WindowTokens.Encode"/>
    public EncodedSequence Encode(string sequence) => WindowTokens.Encode(model, sequence);

    /// <summary>Sums of ln p of the asked tokens, the hidden ones masked: by place in the list, of its own tokens.</summary>
    public double[] Masked(IReadOnlyList<HiddenTokens> rows, CancellationToken cancellation) =>
        Array.ConvertAll(MaskedCandidates(rows, cancellation), of => of[0]);

    /// <summary>The same of every candidate: axes row, candidate.</summary>
    public double[][] MaskedCandidates(IReadOnlyList<HiddenTokens> rows, CancellationToken cancellation)
    {
        var mask = model.Tokenizer.Vocabulary.Mask!.Value;
        return Sums(rows, t => t, row =>
        {
            var ids = (int[])row.Encoding.Ids.Clone();
            foreach (var t in row.Hidden) ids[t] = mask;
            return HiddenGGrams.Show(row.Encoding, ids, row.Hidden);
        }, cancellation);
    }

    /// <summary>
    /// Sums of ln p of the tokens that stand for bases, given those before them, from a place on: by place in the list. Whole passes.
    /// </summary>
    /// <remarks>A first token that none stands before is not counted.</remarks>
    /// <param name="rows">Sequences with the first token that counts.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public double[] Causal(IReadOnlyList<(EncodedSequence Encoding, int From)> rows, CancellationToken cancellation) => Array.ConvertAll(
        Sums([.. rows.Select(row => new HiddenTokens(row.Encoding, [], Counted(row.Encoding, row.From)))], t => t - 1,
            row => row.Encoding, cancellation), of => of[0]);

    /// <summary>The tokens of a causal likelihood from a place on.</summary>
    public static int[] Counted(EncodedSequence encoding, int from) =>
        [.. Enumerable.Range(0, encoding.Ids.Length).Where(t => t >= Math.Max(1, from) && encoding.Spans[t].Length > 0)];

    private double[][] Sums(IReadOnlyList<HiddenTokens> rows, Func<int, int> read, Func<HiddenTokens, EncodedSequence> show,
        CancellationToken cancellation)
    {
        double[][] sums = [.. rows.Select(r => new double[r.Candidates.Count])];
        foreach (var full in WindowTokens.Batches([.. rows.Select(r => r.Encoding.Ids.Length)], batchTokens))
            foreach (var places in full.Chunk(Math.Max(1, MostAsked / Math.Max(1, full.Max(r =>
                rows[r].Asked.Length * rows[r].Candidates.Count)))))
            {
                cancellation.ThrowIfCancellationRequested();
                Batch(places, rows, read, show, sums);
            }
        return sums;
    }

    private void Batch(int[] places, IReadOnlyList<HiddenTokens> rows, Func<int, int> read, Func<HiddenTokens, EncodedSequence> show,
        double[][] sums)
    {
        var asked = places.SelectMany((place, b) => rows[place].Candidates.SelectMany((ids, c) => rows[place].Asked.Select((t, a) =>
            (Row: b, Place: place, Candidate: c, Token: t, Id: ids[a])))).ToArray();
        if (asked.Length == 0) return;
        using var scope = NewDisposeScope();
        var made = Collation.Pad([.. places.Select(_ => new Sample("window", ""))], [.. places.Select(p => rows[p].Encoding)],
            pad, shown: [.. places.Select(p => show(rows[p]))]);
        var columns = made.Axis("T");
        TokenHead.Ask(made, asked.Select(a => (a.Row * columns + read(a.Token), a.Id)));
        var batch = model.Place(made);
        var of_M = head.LogP(model.Forward(batch), batch);
        for (var m = 0; m < asked.Length; m++) sums[asked[m].Place][asked[m].Candidate] += of_M[m];
    }
}
