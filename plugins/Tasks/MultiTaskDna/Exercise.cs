namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>What is asked about a sequence.</summary>
internal enum TaskKind
{
    /// <summary>Its next tokens only.</summary>
    NextToken,

    /// <summary>Its GC content too.</summary>
    Gc,

    /// <summary>Whether it is flipped too.</summary>
    Order,

    /// <summary>Nothing: it has too many N.</summary>
    None,
}

/// <summary>A sample as a task needs it.</summary>
/// <param name="Task">What is asked.</param>
/// <param name="Sample">With the sequence as the model sees it: a stretch for GC, perhaps flipped for order.</param>
/// <param name="Gc">Share of G and C among A, C, G, T; 0 unless asked for.</param>
/// <param name="Flipped">Whether the sequence runs backwards.</param>
internal sealed record Exercise(TaskKind Task, Sample Sample, float Gc = 0, bool Flipped = false)
{
    /// <summary>Draws a task for a sample.</summary>
    /// <remarks>
    /// A flipped sequence is read from its end, without complement: the paper's reason is motifs such as TATA boxes, whose
    /// order is fixed. Sequences of every task are flipped, as in the paper's sampling (section 9), unless the options say otherwise. The
    /// stretch for GC content is drawn uniformly in length and place ("dynamic sequence length").
    /// </remarks>
    public static Exercise Draw(Sample sample, MultiTaskDnaOptions options, SeededRandom random)
    {
        var draw = random.NextDouble() * (options.NextToken + options.Gc + options.Order);
        var bases = sample.Sequence;
        if (bases.Count(c => c == 'N') > options.MaxN * bases.Length) return new(TaskKind.None, sample);
        var task = draw < options.NextToken ? TaskKind.NextToken
            : draw < options.NextToken + options.Gc ? TaskKind.Gc : TaskKind.Order;
        if (task == TaskKind.Gc)
        {
            var length = random.Next(Math.Min(options.ShortestStretch, bases.Length), bases.Length + 1);
            var start = random.Next(0, bases.Length - length + 1);
            var stretch = bases.Substring(start, length);
            // A stretch without a known base has no GC content to ask for.
            if (Share(stretch) is null) task = TaskKind.NextToken;
            else bases = stretch;
        }
        var flipped = (options.Flip == FlippedSequences.Every || task == TaskKind.Order) && random.NextDouble() < options.FlipProbability;
        return new(task, sample with { Sequence = flipped ? Reversed(bases) : bases },
            task == TaskKind.Gc ? Share(bases)!.Value : 0, flipped);
    }

    private static float? Share(string bases)
    {
        var (gc, all) = (0, 0);
        foreach (var c in bases)
        {
            if (c is 'G' or 'C') gc++;
            if (c is 'A' or 'C' or 'G' or 'T') all++;
        }
        return all == 0 ? null : (float)gc / all;
    }

    /// <summary>A sequence read from its end.</summary>
    public static string Reversed(string bases) => string.Create(bases.Length, bases, static (result, source) =>
    {
        source.CopyTo(result);
        result.Reverse();
    });
}
