using PluginHost.Libs.Tools.Writing;

namespace PluginHost.Plugins.Mutations;

using static TorchSharp.torch;

/// <summary>Lets a sequence-to-sequence model write the children of parents.</summary>
internal sealed class ChildWriter
{
    // A child may be longer than its parent by this share and this many tokens.
    private const double LongerBy = 0.1;
    private const int Slack = 8;

    private readonly TrainedModel model;
    private readonly IWritingObjective objective;
    private readonly IDecoder decoder;
    private readonly MutationsOptions options;

    /// <exception cref="UsageException">The model was trained for another task.</exception>
    public ChildWriter(TrainedModel model, MutationsOptions options, BuildContext build)
    {
        (this.model, this.options) = (model, options);
        objective = model.Objective as IWritingObjective ?? throw new UsageException(
            $"{model.Name} was not trained to write one sequence from another; mutations needs a model of the objective seq2seq.");
        decoder = build.Build<IDecoder>(new("beam", new Dictionary<string, object?>
        {
            ["width"] = (long)options.Beams, ["best"] = (long)options.Beams, ["lengthPenalty"] = options.LengthPenalty,
        }));
    }

    /// <summary>Writes children of different parents.</summary>
    /// <param name="parents">Different sequences.</param>
    /// <param name="progress">Told how many parents are done.</param>
    /// <param name="cancellation">Stops between tokens.</param>
    /// <returns>For each parent its candidates, without noise probabilities, in no order.</returns>
    public IReadOnlyList<IReadOnlyList<Candidate>> Write(ISampleSource parents, Action<long> progress, CancellationToken cancellation)
    {
        var found = new IReadOnlyList<Candidate>[parents.Count];
        var vocabulary = model.Tokenizer.Vocabulary;
        List<int> forbidden =
            [.. Enumerable.Range(0, vocabulary.Count).Where(id => vocabulary.IsSpecial(id) && !objective.Ends.Contains(id))];
        var texts = options.SameLength ? new TokenTexts(model.Tokenizer, forbidden.ToHashSet()) : null;
        var done = 0L;
        foreach (var (batch, places) in model.Batches(parents, new() { BatchTokens = options.BatchTokens }))
        {
            using var scope = NewDisposeScope();
            var longest = batch.Samples.Max(s => model.Tokenizer.CountTokens(s, new EncodeContext(int.MaxValue, SpecialTokens: false)));
            var written = model.Decode(batch, decoder, new DecodeLimits((int)(longest * (1 + LongerBy)) + objective.Ends.Count + Slack)
            {
                Stop = objective.Ends, Forbidden = forbidden,
                Rule = texts is null ? null : row => new ExactBases(texts, batch.Samples[row].Sequence.Length, before: ""),
            }, cancellation);
            foreach (var row in written.GroupBy(w => w.Row)) found[places[row.Key]] = [.. Distinct(row)];
            progress(done += places.Count);
        }
        return found;
    }

    /// <summary>Different tokens may write the same bases, whose probability is then that of all of them.</summary>
    private IEnumerable<Candidate> Distinct(IEnumerable<DecodedSequence> written) => written
        .GroupBy(w => model.Tokenizer.Decode([.. w.Tokens]), StringComparer.Ordinal)
        .Select(same =>
        {
            var most = same.Max(w => w.LogProbability);
            return new Candidate(same.Key, most + Math.Log(same.Sum(w => Math.Exp(w.LogProbability - most))), double.NaN,
                same.Any(w => w.End is DecodeEnd.Stop or DecodeEnd.Complete));
        });
}
