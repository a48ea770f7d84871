namespace PluginHost.Plugins.Scan.Windows;

/// <summary>How many bases a model takes at once.</summary>
internal static class FittingWindow
{
    // A model without a limit of its own gets windows of DNABERT's length.
    private const int Unlimited = 510, Places = 32, LongestWord = 64;

    /// <summary>Refuses windows whose bases a model would not read to their ends.</summary>
    /// <param name="model">Reads them.</param>
    /// <param name="first">A window.</param>
    /// <exception cref="UsageException">It has more tokens than the model takes.</exception>
    public static void RefuseLonger(TrainedModel model, Sample first)
    {
        if (model.Backbone.Shape.MaxTokens is not { } most) return;
        if (model.Tokenizer.Encode(first, new EncodeContext(most)).DroppedBases is > 0 and var dropped)
            throw new UsageException($"--window: {model.Name} takes {most:N0} tokens, and {dropped:N0} of the {first.Sequence.Length:N0} "
                + "bases of the first window would not be read; give fewer.");
    }

    /// <summary>The most bases whose tokens fit, at many places of the genome; a tokenizer's words may be of several lengths.</summary>
    /// <exception cref="UsageException">Not a single base does.</exception>
    public static int Of(TrainedModel model, IReadOnlyList<ScanStretch> stretches)
    {
        if (model.Backbone.Shape.MaxTokens is not { } most) return Unlimited;
        var fits = int.MaxValue;
        var whole = stretches.Sum(s => s.Length);
        for (var place = 0; place < Places; place++)
        {
            var at = whole * place / Places;
            var stretch = stretches[0];
            foreach (var next in stretches)
            {
                stretch = next;
                if (at < next.Length) break;
                at -= next.Length;
            }
            var length = (int)Math.Min(stretch.Length, Math.Min(1 << 20, (long)most * LongestWord));
            var start = Math.Min(stretch.Start + at, stretch.End - length);
            var sample = new Sample("window", stretch.Genome.Read(stretch.Record, start, length));
            var encoding = model.Tokenizer.Encode(sample, new EncodeContext(most));
            if (encoding.DroppedBases > 0) fits = Math.Min(fits, length - encoding.DroppedBases);
        }
        // No stretch fills the model: its windows are whole.
        if (fits == int.MaxValue) return (int)Math.Min(stretches.Max(s => s.Length), 1 << 20);
        return fits > 0 ? fits : throw new UsageException($"{model.Name} takes {most} tokens, in which no base fits; name a --window.");
    }
}
