using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Plugins.Kit;

/// <summary>The small tokenizer with one fault.</summary>
internal sealed class FaultyTokenizer(Fault fault, BuildContext context) : ITokenizer
{
    private readonly SmallTokenizer sound = new();
    private int calls;

    public Vocabulary Vocabulary => fault == Fault.LoadsAnother && context.SavedFile("vocab.txt") is not null
        ? new(["[PAD]", "A"], ["[PAD]"]) : sound.Vocabulary;

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        if (fault == Fault.Throws) throw new InvalidOperationException("no sequence today");
        var encoding = sound.Encode(sample, fault == Fault.TooMany ? context with { MaxTokens = int.MaxValue } : context);
        var (ids, spans) = ((int[])[.. encoding.Ids], (BaseSpan[])[.. encoding.Spans]);
        var middle = ids.Length / 2;
        switch (fault)
        {
            case Fault.NegativeId: ids[middle] = -1; break;
            case Fault.LargeId: ids[middle] = 99999; break;
            case Fault.UnorderedSpans: Array.Reverse(spans); break;
            case Fault.FarSpan: spans[middle] = new(spans[middle].Start, 1000); break;
            case Fault.EmptySpan: spans[middle] = BaseSpan.None; break;
            case Fault.Changes: ids[middle] = 5 + calls++ % 4; break;
            case Fault.DrawsElsewhere when context.Random is not null: ids[middle] = 5 + calls++ % 4; break;
        }
        return new(ids, spans) { DroppedBases = encoding.DroppedBases };
    }

    public int CountTokens(Sample sample, EncodeContext context) =>
        Encode(sample, context).Ids.Length + (fault == Fault.Miscounts ? 1 : 0);

    public string Decode(ReadOnlySpan<int> ids)
    {
        var inside = ids.ToArray().Where(id => id >= 0 && id < sound.Vocabulary.Count).ToArray();
        return fault == Fault.Decodes ? sound.Decode(inside).ToLowerInvariant() : sound.Decode(inside);
    }

    public IReadOnlyList<string> Save(string folder) => fault == Fault.SavesNothing ? ["vocab.txt"] : sound.Save(folder);
}
