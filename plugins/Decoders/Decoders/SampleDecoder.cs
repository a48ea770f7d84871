namespace PluginHost.Plugins.Decoders;

/// <summary>
/// Draws tokens by their probabilities. Each row has random numbers of its own, so how prompts are batched changes nothing.
/// </summary>
/// <param name="options">Validated.</param>
internal sealed class SampleDecoder(SampleOptions options) : IDecoder
{
    /// <inheritdoc/>
    public bool Draws => options.Temperature > 0;

    /// <inheritdoc/>
    public IDecoding Begin(DecodeContext context) => new Sampling(context, options);

    private sealed class Sampling : RowDecoding
    {
        private readonly SampleOptions options;
        private readonly SeededRandom[] random;
        private readonly Repetition repetition;
        private int[] ids = [];
        private double[] weights = [];

        public Sampling(DecodeContext context, SampleOptions options) : base(context)
        {
            this.options = options;
            repetition = new Repetition(options);
            random = [.. Enumerable.Range(0, context.Rows)
                .Select(row => new SeededRandom(context.Limits.Seed, context.Limits.Number(row)))];
        }

        protected override int Pick(int row, IReadOnlyList<int> written, ReadOnlySpan<float> logProbabilities)
        {
            if (options.Temperature == 0)
                return repetition.IsNone ? Likeliest.Of(logProbabilities) : Likeliest.Of(repetition.Apply(written, logProbabilities));
            var count = Weigh(repetition.Apply(written, logProbabilities));
            if (options.TopK is not null || options.TopP < 1 || options.MinP > 0) count = LikeliestOnes(count);
            return count == 0 ? -1 : Draw(random[row], count);
        }

        /// <summary>The allowed tokens and their weights, the likeliest's being 1.</summary>
        private int Weigh(ReadOnlySpan<float> logProbabilities)
        {
            // A model may have more scores than its vocabulary has tokens.
            if (ids.Length < logProbabilities.Length)
                (ids, weights) = (new int[logProbabilities.Length], new double[logProbabilities.Length]);
            var (count, most) = (0, double.NegativeInfinity);
            for (var id = 0; id < logProbabilities.Length; id++)
            {
                if (float.IsNegativeInfinity(logProbabilities[id])) continue;
                (ids[count], weights[count]) = (id, logProbabilities[id] / options.Temperature);
                most = Math.Max(most, weights[count++]);
            }
            for (var i = 0; i < count; i++) weights[i] = Math.Exp(weights[i] - most);
            return count;
        }

        /// <summary>Brings the likeliest to the front, and says how many stay.</summary>
        private int LikeliestOnes(int count)
        {
            var order = Enumerable.Range(0, count).OrderByDescending(i => weights[i]).Select(i => (ids[i], weights[i])).ToList();
            for (var i = 0; i < count; i++) (ids[i], weights[i]) = order[i];
            count = Math.Min(count, options.TopK ?? count);
            while (count > 1 && weights[count - 1] < options.MinP) count--;
            var enough = options.TopP * Total(count);
            var sum = 0.0;
            for (var i = 0; i < count; i++)
                if ((sum += weights[i]) >= enough) return i + 1;
            return count;
        }

        private int Draw(SeededRandom random, int count)
        {
            var left = random.NextDouble() * Total(count);
            for (var i = 0; i < count - 1; i++)
                if ((left -= weights[i]) < 0) return ids[i];
            return ids[count - 1];
        }

        private double Total(int count)
        {
            var sum = 0.0;
            for (var i = 0; i < count; i++) sum += weights[i];
            return sum;
        }
    }
}
