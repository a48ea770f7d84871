namespace PluginHost.Plugins.Decoders;

using static TorchSharp.torch;

/// <summary>One sequence for every prompt: what decoders share that choose token by token and go back on nothing.</summary>
internal abstract class RowDecoding : IDecoding
{
    private readonly DecodeLimits limits;
    private readonly HashSet<int> stop, forbidden;
    private readonly List<int>[] tokens;
    private readonly double[] logProbability;
    private readonly bool[] stopped;
    private List<int> active;

    /// <param name="context">Of the batch.</param>
    protected RowDecoding(DecodeContext context)
    {
        limits = context.Limits;
        (stop, forbidden) = ([.. limits.Stop], [.. limits.Forbidden]);
        tokens = [.. Enumerable.Range(0, context.Rows).Select(_ => new List<int>())];
        (logProbability, stopped) = (new double[context.Rows], new bool[context.Rows]);
        active = [.. Enumerable.Range(0, context.Rows)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<DecodeChoice> Choose(Tensor logProbabilities_NV)
    {
        var vocabulary = (int)logProbabilities_NV.shape[1];
        var all = logProbabilities_NV.contiguous().data<float>().ToArray();
        List<DecodeChoice> choices = [];
        List<int> goOn = [];
        for (var n = 0; n < active.Count; n++)
        {
            var row = active[n];
            var ofRow = all.AsSpan(n * vocabulary, vocabulary);
            var token = Pick(row, ofRow);
            if (token < 0) throw new UsageException($"All {vocabulary:N0} tokens of the vocabulary are forbidden; allow some.");
            tokens[row].Add(token);
            logProbability[row] += ofRow[token];
            stopped[row] = stop.Contains(token);
            if (stopped[row] || tokens[row].Count >= limits.MaxTokens) continue;
            choices.Add(new(n, token));
            goOn.Add(row);
        }
        active = goOn;
        return choices;
    }

    /// <inheritdoc/>
    public IReadOnlyList<DecodedSequence> Finish() =>
        [.. tokens.Select((written, row) => new DecodedSequence(row, written, logProbability[row], stopped[row]))];

    /// <summary>Whether a token may be chosen.</summary>
    protected bool IsAllowed(int id) => !forbidden.Contains(id);

    /// <summary>Chooses for one row.</summary>
    /// <param name="row">Of the prompts.</param>
    /// <param name="logProbabilities">Axis V.</param>
    /// <returns>The token; negative where none is allowed.</returns>
    protected abstract int Pick(int row, ReadOnlySpan<float> logProbabilities);
}
