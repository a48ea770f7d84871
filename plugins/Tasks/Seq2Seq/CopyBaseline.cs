namespace PluginHost.Plugins.Seq2Seq;

/// <summary>
/// The source copied. As a model of tokens: the source's token of the same place has the share of training targets that keep theirs, all
/// others the rest alike; the end is told by the source's length in the same way.
/// </summary>
/// <param name="objective">Encodes pairs.</param>
internal sealed class CopyBaseline(Seq2SeqObjective objective) : IBaseline
{
    public string Name => "copy of the source";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var vocabulary = context.Tokenizer.Vocabulary;
        var (kept, all) = (1L, 2L);
        foreach (var sample in context.Train.Take(Seq2SeqObjective.MostBaselineSamples))
            foreach (var (label, copy) in Places(sample, context))
                (kept, all) = (kept + (label == copy ? 1 : 0), all + 1);
        var share = (double)kept / all;
        var right = -Math.Log(share);
        var wrong = -Math.Log((1 - share) / Math.Max(1, vocabulary.Count - 1));
        var samples = context.Evaluate.ToList();
        foreach (var sample in samples)
        {
            var pair = Encoded(sample, context);
            var tally = new PairTally(vocabulary, [Seq2SeqObjective.Bases(pair.Source)]);
            foreach (var (label, copy) in Places(pair)) tally.Add(0, label, copy, label == copy ? right : wrong);
            yield return tally.ToScored();
        }
        yield return Writing.Compare([.. objective.Chosen(samples).Select(s => (s.Sequence, objective.Target(s).Sequence))]);
    }

    private IEnumerable<(int Label, int Copy)> Places(Sample sample, BaselineContext context) => Places(Encoded(sample, context));

    private IEnumerable<(int Label, int Copy)> Places(Pair pair)
    {
        var end = objective.Ends.Count > 0 ? objective.Ends.First() : -1;
        int[] source = [.. Seq2SeqObjective.Bases(pair.Source), .. objective.Ends];
        int[] target = [.. pair.Target, .. objective.Ends];
        for (var u = 0; u < target.Length; u++) yield return (target[u], u < source.Length ? source[u] : Math.Max(0, end));
    }

    private Pair Encoded(Sample sample, BaselineContext context) => objective.Encode(sample,
        new CollateContext(context.Tokenizer, int.MaxValue, CollateMode.Evaluate, new SeededRandom(context.Seed)));
}
