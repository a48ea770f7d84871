namespace PluginHost.Plugins.Interpret.Decoders;

/// <summary>What a decoder is given for one sequence.</summary>
/// <param name="Ids">The tokens it is to predict, in order.</param>
/// <param name="Spans">The bases of each in <paramref name="Bases"/>; empty for special ones.</param>
/// <param name="Bases">What they stand for.</param>
internal sealed record Target(IReadOnlyList<int> Ids, IReadOnlyList<BaseSpan> Spans, string Bases)
{
    /// <summary>Of a sequence.</summary>
    public static Target Of(EncodedSequence encoding, string bases) => new(encoding.Ids, encoding.Spans, bases);

    /// <summary>Of what a model wrote, token by token; tokens that overlap, as k-mers do, are laid one behind another.</summary>
    public static Target Of(IReadOnlyList<int> written, ITokenizer tokenizer)
    {
        List<BaseSpan> spans = [];
        var bases = "";
        foreach (var id in written)
        {
            var own = tokenizer.Decode([id]);
            spans.Add(own.Length > 0 ? new(bases.Length, bases.Length + own.Length) : default);
            bases += own;
        }
        return new(written, spans, bases);
    }
}
