namespace PluginHost.Plugins.Decoders;

/// <summary>One sequence for every prompt: what decoders share that choose token by token and go back on nothing.</summary>
internal abstract class RowDecoding : IDecoding
{
    private readonly List<int>[] tokens;
    private readonly double[] logProbability;
    private readonly DecodeEnd[] ends;
    private List<int> active;

    /// <param name="context">Of the batch.</param>
    protected RowDecoding(DecodeContext context)
    {
        tokens = [.. Enumerable.Range(0, context.Rows).Select(_ => new List<int>())];
        (logProbability, ends) = (new double[context.Rows], new DecodeEnd[context.Rows]);
        active = [.. Enumerable.Range(0, context.Rows)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<DecodeChoice> Choose(DecodeStep step)
    {
        List<DecodeChoice> choices = [];
        List<int> goOn = [];
        for (var n = 0; n < active.Count; n++)
        {
            var row = active[n];
            var logProbabilities = step.LogProbabilities(n);
            var token = Pick(row, tokens[row], logProbabilities);
            if (token < 0)
            {
                ends[row] = DecodeEnd.Stuck;
                continue;
            }
            tokens[row].Add(token);
            logProbability[row] += logProbabilities[token];
            if (step.Ends(n, token) is { } end)
            {
                ends[row] = end;
                continue;
            }
            choices.Add(new(n, token));
            goOn.Add(row);
        }
        active = goOn;
        return choices;
    }

    /// <inheritdoc/>
    public IReadOnlyList<DecodedSequence> Finish() =>
        [.. tokens.Select((written, row) => new DecodedSequence(row, written, logProbability[row], ends[row]))];

    /// <summary>Chooses for one row.</summary>
    /// <param name="row">Of the prompts.</param>
    /// <param name="written">What it has so far.</param>
    /// <param name="logProbabilities">Axis V; negative infinity where a token is not allowed.</param>
    /// <returns>The token; negative where none is allowed.</returns>
    protected abstract int Pick(int row, IReadOnlyList<int> written, ReadOnlySpan<float> logProbabilities);
}
