namespace PluginHost.Plugins.SpanCorruption;

/// <summary>
/// What can be had from the bases on the left alone: each hidden base by its frequency after the bases before it, visible or
/// hidden, which the decoder has seen by then. Where spans end it knows better than any model can: it is told how many tokens are hidden.
/// </summary>
/// <remarks>
/// Given how many hidden tokens and spans are left, every segmentation being equally likely, a span is over with probability
/// (spans left) / (tokens left). The order and the smoothing are those best on the evaluated sequences themselves, which
/// favours the baseline. A model has learned something of both sides of a span, or of more than a short context, only below it.
/// </remarks>
/// <param name="name">Its name in tables.</param>
/// <param name="sentinels">Special tokens.</param>
/// <param name="order">Longest context in bases; 0 for frequencies alone.</param>
/// <param name="byPlace">
/// Whether it also knows which place of the sequence a base is at: much, where sequences are aligned (around splice sites, say), nothing in
/// random windows.
/// </param>
internal sealed class ContextBaseline(string name, Sentinels sentinels, int order, bool byPlace = false) : IBaseline
{
    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var vocabulary = context.Tokenizer.Vocabulary;
        var alphabet = context.Tokenizer.Alphabet;
        var letters = alphabet.IsDna ? "ACGT" : alphabet.Characters.Length <= 4 ? alphabet.Characters : "";
        var model = new MarkovModel(vocabulary, order, byPlace, letters);
        foreach (var sample in context.Train)
        {
            var encoding = context.Tokenizer.Encode(sample, new EncodeContext());
            model.Learn(encoding.Ids.Where((_, t) => encoding.Spans[t].Length > 0));
        }
        var hidden = context.EvaluateBatches().Select(batch => Corruption.Read(batch).ToList()).ToList();
        model.Choose(hidden.SelectMany(rows => rows).SelectMany(row => Walk(row).Where(step => step.Next >= 0))
            .Select(step => (step.Before, step.Next)));
        foreach (var rows in hidden)
        {
            var tally = new Tally(vocabulary);
            foreach (var step in rows.SelectMany(Walk))
            {
                if (step.Next < 0) tally.Add(step.Special, step.Special, -Math.Log(step.Over));
                else tally.Add(step.Next, model.Best(step.Before), -Math.Log((1 - step.Over) * model.Probability(step.Before, step.Next)));
            }
            yield return tally.ToScored();
        }
    }

    /// <summary>Every target position in order: what precedes it in the sequence, and how probable it is that the span is over.</summary>
    private IEnumerable<Step> Walk(Corruption row)
    {
        var spans = row.Spans(sentinels);
        var tokensLeft = spans.Sum(s => s.Length);
        var before = new List<int>();
        foreach (var id in row.Input)
        {
            var index = sentinels.IndexOf(id);
            if (index < 0)
            {
                before.Add(id);
                continue;
            }
            // The first span's sentinel is certain; the others announce that the span before is over.
            if (index == 0) yield return new(before, -1, id, 1);
            for (var i = 0; i < spans[index].Length; i++)
            {
                var spansLeft = spans.Count - 1 - index;
                var over = i == 0 ? 0 : spansLeft / (double)tokensLeft;
                yield return new(before, spans[index][i], -1, over);
                before.Add(spans[index][i]);
                tokensLeft--;
            }
            if (index + 1 < spans.Count)
                yield return new(before, -1, sentinels.Ids[index + 1], (spans.Count - 1 - index) / (double)tokensLeft);
            else if (sentinels.End is { } end) yield return new(before, -1, end, 1);
        }
    }

    /// <param name="Before">The sequence so far; the same list for all steps of a row.</param>
    /// <param name="Next">The token asked for, or -1 at the end of a span.</param>
    /// <param name="Special">The token asked for at the end of a span.</param>
    /// <param name="Over">How probable it is that the span is over.</param>
    private readonly record struct Step(List<int> Before, int Next, int Special, double Over);
}
