using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;

namespace MyPlugin;

/// <summary>What a pipeline may say about the decoder.</summary>
public sealed class TypicalOptions
{
    /// <summary>Probability to draw from.</summary>
    [Range(0.0, 1.0), Description("Draw from the most typical tokens only that together have this probability.")]
    public double Mass { get; set; } = 0.9;
}

/// <summary>Draws from the tokens whose surprise is nearest to the entropy of the model's prediction.</summary>
internal sealed class TypicalDecoder(TypicalOptions options) : IDecoder
{
    public IDecoding Begin(DecodeContext context) => new Decoding(options, context);

    private sealed class Row(int number, SeededRandom random)
    {
        public int Number => number;

        public SeededRandom Random => random;

        public List<int> Tokens { get; } = [];

        public double LogProbability { get; set; }

        public DecodeEnd End { get; set; }
    }

    private sealed class Decoding : IDecoding
    {
        private readonly TypicalOptions options;
        private readonly Row[] rows;
        private List<Row> active;

        public Decoding(TypicalOptions options, DecodeContext context)
        {
            this.options = options;
            // A generator for each prompt, so that how prompts are batched changes nothing.
            rows = [.. Enumerable.Range(0, context.Rows)
                .Select(row => new Row(row, new SeededRandom(context.Limits.Seed, context.Limits.Number(row))))];
            active = [.. rows];
        }

        public IReadOnlyList<DecodeChoice> Choose(DecodeStep step)
        {
            List<DecodeChoice> choices = [];
            List<Row> goOn = [];
            for (var n = 0; n < active.Count; n++)
            {
                var row = active[n];
                var logs = step.LogProbabilities(n).ToArray();
                if (Pick(logs, row.Random) is not { } token)
                {
                    row.End = DecodeEnd.Stuck;
                    continue;
                }
                row.Tokens.Add(token);
                row.LogProbability += logs[token];
                if (step.Ends(n, token) is { } end)
                {
                    row.End = end;
                    continue;
                }
                choices.Add(new(n, token));
                goOn.Add(row);
            }
            active = goOn;
            return choices;
        }

        public IReadOnlyList<DecodedSequence> Finish() =>
            [.. rows.Select(row => new DecodedSequence(row.Number, row.Tokens, row.LogProbability, row.End))];

        private int? Pick(float[] logs, SeededRandom random)
        {
            // A token that is not allowed has a probability of 0. What is allowed may sum to less than 1.
            var tokens = Enumerable.Range(0, logs.Length).Where(id => !float.IsNegativeInfinity(logs[id])).ToList();
            if (tokens.Count == 0) return null;
            var all = tokens.Sum(id => Math.Exp(logs[id]));
            var entropy = -tokens.Sum(id => Math.Exp(logs[id]) / all * (logs[id] - Math.Log(all)));
            var (kept, mass) = (new List<int>(), 0.0);
            foreach (var id in tokens.OrderBy(id => Math.Abs(-(logs[id] - Math.Log(all)) - entropy)).ThenBy(id => id))
            {
                kept.Add(id);
                if ((mass += Math.Exp(logs[id])) >= options.Mass * all) break;
            }
            var left = random.NextDouble() * mass;
            foreach (var id in kept)
                if ((left -= Math.Exp(logs[id])) < 0) return id;
            return kept[^1];
        }
    }
}
