using TorchSharp;

namespace PluginHost.Host.Tests.Plugins.Kit;

using static TorchSharp.torch;

/// <summary>Two numbers a sequence, its shares of A and C, with one fault.</summary>
internal sealed class FaultyObjective(Fault fault) : IObjective
{
    private const string Role = "shares", Term = "squared";

    private static readonly BatchKey secret = new("secret", ScalarType.Float32, "B");

    private ulong calls;
    private int inside;

    public IReadOnlyList<HeadRole> Heads { get; } = [new(Role, new ComponentSpec("width-2"))];

    public IReadOnlyList<BatchKey> Writes => [Keys.Targets];

    public ScoreCard Card { get; } = new() { OutputNames = ["A", "C"] };

    public int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) =>
        fault == Fault.Miscounts ? 1 : tokenizer.CountTokens(sample, context);

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var batch = Collation.Pad(samples, [.. samples.Select(context.Encode)], context.Tokenizer.Vocabulary.Pad!.Value);
        var shares = new float[samples.Count, 2];
        for (var b = 0; b < samples.Count; b++)
            for (var c = 0; c < 2; c++)
                shares[b, c] = samples[b].Sequence.Count(letter => letter == "AC"[c]) / (float)samples[b].Sequence.Length;
        if (fault == Fault.Random) shares[0, 0] += ++calls;
        if (fault == Fault.Shares)
        {
            // What one batch leaves in a field, another finds there.
            var others = Interlocked.Increment(ref inside) - 1;
            Thread.Sleep(20);
            shares[0, 0] += others + inside - 1;
            Interlocked.Decrement(ref inside);
        }
        batch.Set(Keys.Targets, tensor(shares));
        if (fault == Fault.SecretColumn) batch.Set(secret, zeros(samples.Count));
        return batch.SetTargets(Term, 2 * samples.Count + (fault == Fault.WrongCount ? 1 : 0));
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var loss = (predictions[Role] - batch[Keys.Targets]).square().sum();
        if (fault == Fault.NotFinite) loss /= 0;
        return [new(Term, fault == Fault.Detached ? loss.detach() : loss, 2 * batch.Samples.Count)];
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        var labelled = fault == Fault.LabelsForPrediction || batch.Samples.All(s => s.Label is not null);
        var outputs = Rows(predictions[Role], 2);
        return new()
        {
            Ids = [.. batch.Samples.Select(s => s.Id)], Outputs = outputs,
            Targets = labelled ? Rows(batch[Keys.Targets], fault == Fault.WrongWidth ? 1 : 2) : null,
            Losses = labelled ? [new(Term, 1, 2 * batch.Samples.Count, 1)] : [],
        };
    }

    private static float[,] Rows(Tensor values_BC, int width)
    {
        var rows = new float[values_BC.shape[0], width];
        for (var b = 0; b < rows.GetLength(0); b++)
            for (var c = 0; c < width; c++) rows[b, c] = values_BC[b, c].item<float>();
        return rows;
    }
}
