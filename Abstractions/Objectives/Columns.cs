namespace PluginHost;

using static TorchSharp.torch;

/// <summary>Turns the arrays that tokenizers attach to encodings into padded batch columns.</summary>
internal static class Columns
{
    /// <summary>Refuses an array that does not fit its column.</summary>
    public static void Check(BatchKey key, Array values, int tokens)
    {
        var element = key.Type switch
        {
            ScalarType.Int64 => typeof(long),
            ScalarType.Float32 => typeof(float),
            ScalarType.Bool => typeof(bool),
            _ => throw new PluginException($"Column '{key.Name}' is {key.Type}; a tokenizer attaches Int64, Float32 or Bool only."),
        };
        var axes = key.AxisNames;
        if (axes.Count is < 2 or > 3 || axes[0] != "B")
            throw new PluginException(
                $"Column '{key.Name}' has axes [{key.Axes}]; a tokenizer attaches columns of two or three axes, the first of which is B.");
        if (values.GetType().GetElementType() != element || values.Rank != axes.Count - 1)
            throw new PluginException(
                $"Column {key} needs an array of {element.Name} with {axes.Count - 1} dimension(s), not a {values.GetType().Name}.");
        for (var i = 0; i < values.Rank; i++)
            if (axes[i + 1] == "T" && values.GetLength(i) != tokens)
                throw new PluginException($"Axis T is {tokens} in the ids but {values.GetLength(i)} in '{key.Name}'.");
    }

    /// <summary>
    /// Adds every attached column. An encoding that lacks one has zeros there; axes other than T are as long as the longest, at least 1.
    /// </summary>
    public static void AddAttached(Batch batch, IReadOnlyList<EncodedSequence> encodings, int length)
    {
        var keys = encodings.SelectMany(e => e.Attached.Keys).Distinct().ToList();
        var sizes = new Dictionary<string, int> { ["T"] = length };
        foreach (var (key, values) in encodings.SelectMany(e => e.Attached))
            for (var i = 0; i < values.Rank; i++)
                if (key.AxisNames[i + 1] is var axis && axis != "T")
                    sizes[axis] = Math.Max(Math.Max(1, sizes.GetValueOrDefault(axis)), values.GetLength(i));
        foreach (var key in keys)
            batch.Set(key, key.Type switch
            {
                ScalarType.Int64 => tensor(Join<long>(key, encodings, sizes), Shape(key, encodings.Count, sizes)),
                ScalarType.Float32 => tensor(Join<float>(key, encodings, sizes), Shape(key, encodings.Count, sizes)),
                _ => tensor(Join<bool>(key, encodings, sizes), Shape(key, encodings.Count, sizes)),
            });
    }

    private static long[] Shape(BatchKey key, int rows, Dictionary<string, int> sizes) =>
        [rows, .. key.AxisNames.Skip(1).Select(a => (long)sizes[a])];

    private static T[] Join<T>(BatchKey key, IReadOnlyList<EncodedSequence> encodings, Dictionary<string, int> sizes)
    {
        var first = sizes[key.AxisNames[1]];
        var second = key.AxisNames.Count == 3 ? sizes[key.AxisNames[2]] : 1;
        var joined = new T[encodings.Count * first * second];
        for (var b = 0; b < encodings.Count; b++)
        {
            if (!encodings[b].Attached.TryGetValue(key, out var values)) continue;
            var start = b * first * second;
            if (values is T[] line) line.CopyTo(joined, start);
            else if (values is T[,] table)
                for (var i = 0; i < table.GetLength(0); i++)
                    for (var j = 0; j < table.GetLength(1); j++) joined[start + i * second + j] = table[i, j];
        }
        return joined;
    }
}
