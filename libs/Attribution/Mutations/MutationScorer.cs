using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Strands;

namespace PluginHost.Libs.Attribution.Mutations;

/// <summary>
/// Changes of what a model says of a sequence. Mutants of one length come together, so no batch is padded; the wild type is computed once.
/// </summary>
/// <param name="model">With outputs of sequences.</param>
/// <param name="outputs">Of the model.</param>
/// <param name="bothStrands">Whether the mean over both strands is taken.</param>
/// <param name="batchTokens">Tokens of a batch; as the model was trained where null.</param>
public sealed class MutationScorer(TrainedModel model, ModelOutputs outputs, bool bothStrands, int? batchTokens)
    : IMutationScorer
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Outputs => outputs.Names;

    /// <inheritdoc/>
    public string Meaning => (outputs.IsProbability
        ? "difference = probability of the mutant - probability of the wild type; log_or = log2(odds of the mutant / odds of the "
            + "wild type), "
            + "odds = p / (1 - p): DNABERT's logOR with its sign turned."
        : "difference = output of the mutant - output of the wild type, in the units of the data.")
        + (outputs.Kind == OutputKind.BaseClasses ? " Of a labeller of bases the mean over the sequence is taken." : "")
        + (bothStrands ? " Each column is the mean of what it is on each strand: log_or is not that of the means." : "");

    /// <inheritdoc/>
    public MutationEffects Of(Sample sample, IReadOnlyList<Mutation> mutations, Action<int> done, CancellationToken cancellation)
    {
        var source = new MutantSource(sample, mutations);
        var strands = bothStrands ? 2 : 1;
        var count = (int)source.Count;
        var (sums, odds, seen) = (new double[count, Outputs.Count], new double[count, Outputs.Count], new int[count]);
        foreach (var batch in model.Batches(bothStrands ? new StrandedSource(source) : source, new() { BatchTokens = batchTokens }))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var answer in outputs.Read(batch))
            {
                var place = (int)(answer.Place / strands);
                seen[place]++;
                for (var c = 0; c < Outputs.Count; c++)
                {
                    sums[place, c] += answer.Values[c];
                    if (outputs.IsProbability) odds[place, c] += answer.LogOdds(c, outputs.Kind) / Math.Log(2);
                }
            }
            done(batch.Places.Count);
        }
        float[] Row(Func<int, double> of) => [.. Enumerable.Range(0, Outputs.Count).Select(c => (float)of(c))];
        double Value(int place, int c) => seen[place] == 0 ? double.NaN : sums[place, c] / seen[place];
        float[][] Rows(Func<int, int, int, double> of) => [.. mutations.Select((mutation, m) =>
            Row(c => of(source.Of(m), source.WildTypeOf(mutation), c)))];
        return new(sample, Outputs, Row(c => Value(0, c)), mutations, Rows((m, _, c) => Value(m, c)),
            Rows((m, w, c) => Value(m, c) - Value(w, c)),
            outputs.IsProbability ? Rows((m, w, c) => odds[m, c] / seen[m] - odds[w, c] / seen[w]) : null);
    }
}
