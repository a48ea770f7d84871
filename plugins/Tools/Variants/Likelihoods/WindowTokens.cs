namespace PluginHost.Plugins.Variants.Likelihoods;

/// <summary>Tokens of windows.</summary>
internal static class WindowTokens
{
    /// <summary>The tokens of a sequence, special ones included.</summary>
    /// <exception cref="UsageException">It has more than the model takes.</exception>
    public static EncodedSequence Encode(TrainedModel model, string sequence)
    {
        var encoding = model.Tokenizer.Encode(new("window", sequence),
            new EncodeContext(model.Backbone.Shape.MaxTokens ?? int.MaxValue) { Scoring = true });
        return encoding.DroppedBases == 0 ? encoding : throw TooLong(model, sequence.Length);
    }

    /// <summary>What is said of a window that a model would not read to its end.</summary>
    public static UsageException TooLong(TrainedModel model, int bases) => new(
        $"--window: {bases:N0} bases have more tokens than the {model.Backbone.Shape.MaxTokens} that {model.Name} takes; give fewer.");

    /// <summary>The tokens from one place to another, with the columns of the tokenizer that have the axes "B T".</summary>
    public static EncodedSequence Cut(EncodedSequence encoding, int start, int end)
    {
        var cut = new EncodedSequence(encoding.Ids[start..end], encoding.Spans[start..end]);
        foreach (var (key, values) in encoding.Attached)
        {
            var part = Array.CreateInstance(values.GetType().GetElementType()!, end - start);
            Array.Copy(values, start, part, 0, end - start);
            cut.With(key, part);
        }
        return cut;
    }

    /// <summary>The lengths that go together, as places in the list: as many as fit.</summary>
    /// <param name="lengths">Of rows, in tokens.</param>
    /// <param name="most">Padded tokens of a batch; a longer row goes alone.</param>
    public static IEnumerable<int[]> Batches(IReadOnlyList<int> lengths, int most)
    {
        var order = Enumerable.Range(0, lengths.Count).OrderBy(r => lengths[r]).ToArray();
        for (var first = 0; first < order.Length;)
        {
            var count = 1;
            while (first + count < order.Length && (long)(count + 1) * lengths[order[first + count]] <= most) count++;
            yield return order[first..(first + count)];
            first += count;
        }
    }
}
