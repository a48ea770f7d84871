namespace PluginHost.Host.Models.Decoding;

/// <summary>
/// The sequences that go on: whose prompts they are of, how long they are, what rule they stand under; and what the model says next.
/// </summary>
internal sealed class LiveSequences : DecodeStep
{
    private readonly DecodeContext context;
    private readonly HashSet<int> stop;
    private readonly bool[] forbidden;
    private readonly bool[] allowed;
    private List<(int Row, int Length, DecodeRule? Rule)> sequences;
    private float[] logProbabilities = [];

    /// <param name="context">Of the batch.</param>
    /// <exception cref="UsageException">Every token is forbidden.</exception>
    public LiveSequences(DecodeContext context)
    {
        this.context = context;
        stop = [.. context.Limits.Stop];
        forbidden = new bool[context.Vocabulary.Count];
        foreach (var id in context.Limits.Forbidden) forbidden[id] = true;
        allowed = new bool[forbidden.Length];
        if (!forbidden.Contains(false))
            throw new UsageException($"All {forbidden.Length:N0} tokens of the vocabulary are forbidden; allow some.");
        sequences = [.. Enumerable.Range(0, context.Rows).Select(row => (row, 0, context.Limits.Rule?.Invoke(row)))];
    }

    /// <inheritdoc/>
    public override int Count => sequences.Count;

    private int Width => sequences.Count == 0 ? 0 : logProbabilities.Length / sequences.Count;

    /// <inheritdoc/>
    public override ReadOnlySpan<float> LogProbabilities(int sequence) => logProbabilities.AsSpan(sequence * Width, Width);

    /// <inheritdoc/>
    public override DecodeEnd? Ends(int sequence, int token)
    {
        var (row, length, rule) = sequences[sequence];
        return stop.Contains(token) ? DecodeEnd.Stop
            : rule?.After(token).IsComplete == true ? DecodeEnd.Complete
            : length + 1 >= context.MaxTokens(row) ? DecodeEnd.Limit : null;
    }

    /// <summary>Takes what the model says, and strikes out what is not allowed.</summary>
    /// <param name="said">Axes N and V; V may be more than the vocabulary's, whose further places are no tokens.</param>
    /// <exception cref="DataException">One is not a number.</exception>
    public void Take(float[] said)
    {
        if (Array.FindIndex(said, float.IsNaN) >= 0)
            throw new DataException("The model's probabilities of the next token are not numbers; its weights are broken. Train it again, "
                + "with a lower learning rate if its loss was not finite.");
        logProbabilities = said;
        for (var n = 0; n < sequences.Count; n++)
        {
            var row = logProbabilities.AsSpan(n * Width, Width);
            if (Width > allowed.Length) row[allowed.Length..].Fill(float.NegativeInfinity);
            for (var id = 0; id < allowed.Length; id++) allowed[id] = !forbidden[id];
            sequences[n].Rule?.Restrict(allowed);
            for (var id = 0; id < Math.Min(allowed.Length, Width); id++) if (!allowed[id]) row[id] = float.NegativeInfinity;
        }
    }

    /// <summary>Goes on by the choices.</summary>
    /// <exception cref="PluginException">A choice is not allowed, or ends its sequence: it would go on for ever.</exception>
    public void Follow(IReadOnlyList<DecodeChoice> choices) => sequences = [.. choices.Select(choice =>
    {
        if (float.IsNegativeInfinity(LogProbabilities(choice.Continues)[choice.Token]) || Ends(choice.Continues, choice.Token) is not null)
            throw new PluginException($"The decoder goes on with token {choice.Token}, which is not allowed there or ends the sequence.");
        var (row, length, rule) = sequences[choice.Continues];
        return (row, length + 1, rule?.After(choice.Token));
    })];
}
