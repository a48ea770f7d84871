namespace PluginHost.Libs.NextToken;

/// <summary>One token that a batch asks for.</summary>
/// <param name="Index">Its place on axis M.</param>
/// <param name="Row">Its row of the batch.</param>
/// <param name="Encoding">That row.</param>
/// <param name="Bases">The row's sequence.</param>
/// <param name="Place">Its place in the row, axis T; at least 1.</param>
/// <param name="Label">Its id.</param>
public readonly record struct AskedToken(int Index, int Row, EncodedSequence Encoding, string Bases, int Place, int Label)
{
    /// <summary>The bases it adds to what the tokens before it cover: all of its own where tokens do not overlap.</summary>
    public BaseSpan New
    {
        get
        {
            var span = Encoding.Spans[Place];
            if (span.Length == 0) return BaseSpan.None;
            var known = 0;
            for (var t = Place - 1; t >= 0; t--)
            {
                if (Encoding.Spans[t].Length == 0) continue;
                known = Encoding.Spans[t].End;
                break;
            }
            return new(Math.Clamp(known, span.Start, span.End), span.End);
        }
    }

    /// <summary>
    /// The labelled tokens of a batch that fill a place of their rows, in the order of axis M. Answers beyond the row's end are left out.
    /// </summary>
    public static IEnumerable<AskedToken> Of(Batch batch)
    {
        var length = batch.Axis("T");
        var positions = batch[Keys.Positions].cpu().data<long>().ToArray();
        var labels = batch[Keys.PositionLabels].cpu().data<long>().ToArray();
        for (var m = 0; m < positions.Length; m++)
        {
            if (labels[m] == Keys.Ignore) continue;
            var row = (int)(positions[m] / length);
            var place = (int)(positions[m] % length) + 1;
            if (place < batch.Encodings[row].Ids.Length)
                yield return new(m, row, batch.Encodings[row], batch.Samples[row].Sequence, place, (int)labels[m]);
        }
    }
}
