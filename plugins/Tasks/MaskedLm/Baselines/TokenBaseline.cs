namespace PluginHost.Plugins.MaskedLm;

/// <summary>
/// What can be had without any model of sequence: token frequencies; with <paramref name="useInput"/> also the token that
/// stands at a scored position when it was kept or replaced; with <paramref name="useNeighbours"/> also the bases that overlapping
/// tokens still show. Each is the exact posterior under the training frequencies, so no use of the same facts does better.
/// Sequences that begin with different prompts (special tokens beyond BERT's five) have frequencies of their own.
/// </summary>
/// <remarks>A model learns something about sequence only below <c>neighbour-copy</c>.</remarks>
internal sealed class TokenBaseline(string name, MaskedLmOptions options, int replacements, bool useInput, bool useNeighbours) : IBaseline
{
    private const int TrainBatches = 200;

    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var vocabulary = context.Tokenizer.Vocabulary;
        var tables = new PromptedTables(context.TrainBatches(TrainBatches), vocabulary);
        foreach (var batch in context.EvaluateBatches())
        {
            var hidden = new HiddenBatch(batch, vocabulary);
            var tableOf = batch.Encodings.Select(tables.For).ToArray();
            var tally = new Tally();
            for (var m = 0; m < hidden.Labels.Length; m++)
            {
                if (hidden.Labels[m] == Keys.Ignore) continue;
                var label = (int)hidden.Labels[m];
                var table = tableOf[hidden.Row(m)];
                var (length, known, word) = useNeighbours ? hidden.Neighbours(m) : default;
                var match = table.Agreeing(length, known, word);
                var (loss, best) = useInput && !hidden.AtMask[m]
                    ? Visible(table, match, label, (int)hidden.Input[hidden.Positions[m]], Agrees(vocabulary, length, known, word, (int)hidden.Input[hidden.Positions[m]]))
                    : (-Math.Log(table[label] / match.Sum), match.Best);
                tally.Add(label, best, loss, hidden.AtMask[m]);
            }
            yield return tally.ToScored();
        }
    }

    /// <summary>A token stands at the position: it was kept, or drawn in place of another.</summary>
    private (double Loss, int Best) Visible(TokenTable table, TokenTable.Match match, int label, int seen, bool agrees)
    {
        var keep = 1 - options.MaskShare - options.RandomShare;
        var replace = options.RandomShare / replacements;
        var seenWeight = agrees ? table[seen] * (keep + replace) : 0;
        var total = replace * match.Sum + (agrees ? table[seen] * keep : 0);
        var weight = label == seen ? seenWeight : table[label] * replace;
        return (-Math.Log(weight / total), seenWeight > table[match.Best] * replace ? seen : match.Best);
    }

    private static bool Agrees(Vocabulary vocabulary, int length, ulong known, ulong word, int seen) =>
        !vocabulary.IsSpecial(seen)
        && (known == 0 || (vocabulary.Tokens[seen].Length == length && TokenTable.TryPack(vocabulary.Tokens[seen], out var text) && (text & known) == word));
}
