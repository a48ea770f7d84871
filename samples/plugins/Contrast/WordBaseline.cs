using PluginHost;

namespace Contrast;

using static TorchSharp.torch;

/// <summary>The very views the model is given, as counts of words of four bases on both strands: what an embedding has to beat.</summary>
/// <param name="objective">Scores it as it scores the model.</param>
internal sealed class WordBaseline(ContrastObjective objective) : IBaseline
{
    private const int Length = 4;

    public string Name => "4-mer counts";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        foreach (var batch in context.EvaluateBatches())
        {
            var (ids, mask) = (batch[Keys.InputIds], batch[Keys.AttentionMask]);
            var counts = new float[batch.SampleOfRow.Count, 1 << (2 * Length)];
            for (var row = 0; row < batch.SampleOfRow.Count; row++)
            {
                using var scope = NewDisposeScope();
                int[] tokens = [.. ids[row].masked_select(mask[row]).data<long>().Select(id => (int)id)];
                var bases = context.Tokenizer.Decode(tokens);
                Count(bases, row, counts);
                Count(Iupac.ReverseComplement(bases), row, counts);
            }
            using var counts_RW = tensor(counts);
            using var vectors_RW = nn.functional.normalize(counts_RW, dim: 1);
            yield return objective.Score(vectors_RW, batch);
        }
    }

    private static void Count(string bases, int row, float[,] counts)
    {
        for (var start = 0; start + Length <= bases.Length; start++)
        {
            var word = 0;
            foreach (var letter in bases.AsSpan(start, Length))
                word = word < 0 || "ACGT".IndexOf(letter) is not (>= 0 and var place) ? -1 : 4 * word + place;
            if (word >= 0) counts[row, word]++;
        }
    }
}
