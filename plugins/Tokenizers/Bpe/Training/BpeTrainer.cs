namespace PluginHost.Plugins.Bpe.Training;

/// <summary>
/// Makes a vocabulary by merging the most frequent pair over and over (Sennrich et al. 2016), with the merges of Hugging
/// Face's trainer: of equally frequent pairs the one of the lowest token numbers comes first.
/// </summary>
/// <remarks>Frequent pairs are merged in passes over the shrinking text, rare ones at their known places.</remarks>
/// <param name="text">What to train on; it is used up.</param>
/// <param name="merges">Most merges to make.</param>
/// <param name="minimumCount">A pair below this count is not merged.</param>
internal sealed class BpeTrainer(TrainingText text, int merges, int minimumCount = 1)
{
    /// <summary>A pass over the text costs about as much as visiting one place in this many.</summary>
    private const int PassesPay = 64;

    private readonly List<string> texts = [.. TrainingText.Letters.Select(letter => letter.ToString())];
    private readonly Neighbours neighbours = new(TrainingText.Letters.Length + merges);
    private readonly PairCounts counts = new();

    /// <summary>Trains.</summary>
    /// <param name="progress">Called with the number of merges made.</param>
    /// <param name="cancellation">Stops between merges.</param>
    /// <returns>The merges in order; fewer than asked for when no pair is frequent enough.</returns>
    public IReadOnlyList<(string Left, string Right)> Run(Action<int>? progress = null, CancellationToken cancellation = default)
    {
        var made = new List<(string Left, string Right)>();
        var length = text.Length;
        PairPlaces? places = null;
        CountLetters(length);
        while (made.Count < merges && counts.TryTake(out var first, out var second, out var count) && count >= minimumCount)
        {
            cancellation.ThrowIfCancellationRequested();
            var joined = texts[first] + texts[second];
            if (joined.Length > BpeEncoder.MostLetters) continue;
            var merged = texts.Count;
            if (places is null && count < length / PassesPay)
                places = new PairPlaces(text.Tokens, length, merged, TrainingText.Letters.Length + merges);
            if (places is not null) places.Merge(first, second, merged, neighbours);
            else length = MergePass.Run(text.Tokens.AsSpan(0, length), (ushort)first, (ushort)second, (ushort)merged, neighbours);
            neighbours.Apply(counts, first, second, merged);
            made.Add((texts[first], texts[second]));
            texts.Add(joined);
            progress?.Invoke(made.Count);
        }
        return made;
    }

    private void CountLetters(int length)
    {
        var letters = TrainingText.Letters.Length;
        var pairs = new int[letters, letters];
        var tokens = text.Tokens;
        for (var i = 1; i < length; i++)
            if (tokens[i - 1] != TrainingText.Break && tokens[i] != TrainingText.Break) pairs[tokens[i - 1], tokens[i]]++;
        for (var left = 0; left < letters; left++)
            for (var right = 0; right < letters; right++)
                if (pairs[left, right] > 0) counts.Change(left, right, pairs[left, right]);
    }
}
