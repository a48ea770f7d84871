using PluginHost.Plugins.Embed.Cutting;
using PluginHost.Plugins.Embed.Files;

namespace PluginHost.Plugins.Embed.Vectors;

using static TorchSharp.torch;

/// <summary>The states of the tokens that stand for bases; of those in two windows, the ones this window owns.</summary>
internal sealed class TokenReader : IWindowReader
{
    /// <inheritdoc/>
    public IReadOnlyList<WindowVectors> Read(Tensor states_BTD, Batch batch, IReadOnlyList<Window> windows)
    {
        var (columns, width) = ((int)states_BTD.shape[1], (int)states_BTD.shape[2]);
        var kept = windows.Select((window, b) => Kept(batch.Encodings[b], window).ToList()).ToList();
        var places = kept.SelectMany((tokens, b) => tokens.Select(t => (long)b * columns + t.Place)).ToArray();
        // Only what is kept leaves the device.
        var states_ND = states_BTD.flatten(0, 1).index_select(0, tensor(places, ScalarType.Int64).to(states_BTD.device));
        var values = states_ND.cpu().data<float>().ToArray().AsMemory();
        var result = new List<WindowVectors>();
        for (var (b, n) = (0, 0); b < kept.Count; n += kept[b].Count, b++)
            result.Add(new(
                batch.Samples[b].Id, [.. kept[b].Select(t => Place(t.Span, batch.Samples[b], windows[b]))],
                    values.Slice(n * width, kept[b].Count * width).ToArray(),
                kept[b].Count));
        return result;
    }

    private static VectorPlace Place(BaseSpan span, Sample sample, Window window) => VectorPlace.Of(
        sample.Place?.Within(span.Start, span.End, window.Bases ?? sample.Sequence.Length), span);

    /// <summary>Tokens with their bases in the whole sequence.</summary>
    private static IEnumerable<(int Place, BaseSpan Span)> Kept(EncodedSequence encoding, Window window)
    {
        for (var t = 0; t < encoding.Ids.Length; t++)
        {
            var span = encoding.Spans[t];
            var moved = new BaseSpan(span.Start + window.Start, span.End + window.Start);
            if (span.Length > 0 && window.Owns(moved)) yield return (t, moved);
        }
    }
}
