using System.Buffers;

namespace PluginHost.Plugins.Bpe;

/// <summary>Cuts any text into pieces: runs of letters are encoded, every other character is a piece of its own. Thread-safe.</summary>
internal sealed class TextPieces
{
    private const byte NoLetter = LetterCodes.None;
    private readonly BpeEncoder encoder;
    private readonly LetterCodes letters;
    private readonly ushort[] alone = new ushort[128];
    private readonly ushort skipped;
    private readonly ushort unknown;
    private readonly bool splits;
    private readonly (int Id, int Length)[] kinds;

    public TextPieces(BpeModel model, Vocabulary vocabulary)
    {
        var rules = new MergeRules(model);
        encoder = new BpeEncoder(rules);
        splits = model.SplitsAtWhitespace;
        var numbered = new List<int>();
        for (var piece = 0; piece < rules.Count; piece++) numbered.Add(vocabulary.Find(rules.Text(piece))!.Value);
        unknown = (ushort)numbered.Count;
        numbered.Add(vocabulary.Unknown!.Value);
        skipped = (ushort)numbered.Count;
        numbered.Add(-1);
        for (var c = (char)0; c < 128; c++)
        {
            alone[c] = splits && char.IsWhiteSpace(c) ? skipped : unknown;
            if (alone[c] != unknown || vocabulary.Find(c.ToString()) is not { } id) continue;
            alone[c] = (ushort)numbered.Count;
            numbered.Add(id);
        }
        letters = new LetterCodes(rules);
        kinds = [.. numbered.Select((id, piece) => (id, piece < rules.Count ? rules.Text(piece).Length : 1))];
    }

    /// <summary>Pieces that cover a text from end to end.</summary>
    public Pieced Cut(ReadOnlySpan<char> text)
    {
        var coded = ArrayPool<byte>.Shared.Rent(text.Length);
        var pieces = ArrayPool<ushort>.Shared.Rent(text.Length + 1);
        var (count, blank) = (0, 0);
        letters.ToCodes(text, coded);
        for (var place = 0; place < text.Length;)
        {
            var rest = coded.AsSpan(place, text.Length - place);
            var run = rest.IndexOf(NoLetter);
            if (run < 0) run = rest.Length;
            if (run > 0) count += encoder.Encode(rest[..run], pieces.AsSpan(count));
            place += run;
            for (; place < text.Length && coded[place] == NoLetter; place++)
            {
                var piece = text[place] < 128 ? alone[text[place]] : splits && char.IsWhiteSpace(text[place]) ? skipped : unknown;
                if (piece == skipped) blank++;
                pieces[count++] = piece;
            }
        }
        ArrayPool<byte>.Shared.Return(coded);
        return new(pieces, count, count - blank);
    }

    /// <summary>Ids and spans of the first tokens.</summary>
    public void Fill(Pieced text, Span<int> ids, Span<BaseSpan> spans)
    {
        var (token, place) = (0, 0);
        foreach (var piece in text.Pieces)
        {
            if ((uint)token >= (uint)ids.Length || (uint)token >= (uint)spans.Length) return;
            var (id, length) = kinds[piece];
            if (id >= 0)
            {
                ids[token] = id;
                spans[token++] = new(place, place + length);
            }
            place += length;
        }
    }

    /// <summary>Pieces in rented memory; dispose of it once.</summary>
    public readonly struct Pieced(ushort[] rented, int count, int tokens) : IDisposable
    {
        /// <summary>White space among them.</summary>
        public ReadOnlySpan<ushort> Pieces => rented.AsSpan(0, count);

        /// <summary>Pieces that are tokens: all but white space.</summary>
        public int Tokens => tokens;

        public void Dispose() => ArrayPool<ushort>.Shared.Return(rented);
    }
}
