namespace PluginHost.Plugins.Bpe;

/// <summary>
/// A model's merges as numbered pieces: letters first, then what merges make, in order of precedence, so that a piece's
/// number is above those of its parts and the lower number of two possible merges is applied first.
/// </summary>
/// <remarks>Merges that can never be applied, because an earlier one takes their letters apart, are left out.</remarks>
internal sealed class MergeRules
{
    /// <summary>Pieces are numbered in 16 bits, and a few numbers are set aside.</summary>
    public const int MostPieces = 65_000;

    private readonly List<(int Left, int Right, string Text)> pieces = [];
    private readonly PairTable pairs;

    /// <exception cref="DataException">Merges that do not fit the vocabulary.</exception>
    public MergeRules(BpeModel model)
    {
        var known = new HashSet<string>(model.Tokens);
        pairs = new PairTable(model.Merges.Count);
        var numbers = new Dictionary<string, int>();
        foreach (var letter in model.Merges.SelectMany(m => m.Left + m.Right).Distinct().OrderBy(LetterCodes.FourLetters.IndexOf)
            .ThenBy(letter => letter))
        {
            if (!char.IsAscii(letter)) throw new DataException($"A merge holds '{letter}'; bpe knows merges of ASCII letters only.");
            if (!known.Contains(letter.ToString())) throw new DataException($"A merge holds '{letter}', which is not in the vocabulary.");
            numbers.Add(letter.ToString(), pieces.Count);
            pieces.Add((-1, -1, letter.ToString()));
        }
        Letters = pieces.Count;
        var madeBy = new Dictionary<string, int>();
        foreach (var ((left, right), rank) in model.Merges.Select((m, i) => (m, i))) madeBy[left + right] = rank;
        foreach (var ((left, right), rank) in model.Merges.Select((m, i) => (m, i)))
        {
            var text = left + right;
            if (!known.Contains(text)) throw new DataException($"Merge {rank} makes '{text}', which is not in the vocabulary.");
            if (model.SplitsAtWhitespace && text.Any(IsWord) != text.All(IsWord)) continue;
            if (numbers.ContainsKey(text)) continue;
            if (!numbers.TryGetValue(left, out var l) || !numbers.TryGetValue(right, out var r))
            {
                var unmade = numbers.ContainsKey(left) ? right : left;
                if (!madeBy.TryGetValue(unmade, out var maker) || maker < rank) continue;
                throw new DataException($"Merge {rank}, '{left} {right}', uses '{unmade}', which is made by the later merge {maker}; "
                    + "merges must come after those of their parts.");
            }
            if (!AreCompatible(l, r)) continue;
            numbers.Add(text, pieces.Count);
            pairs.Add(l, r, pieces.Count);
            pieces.Add((l, r, text));
        }
        if (Count > MostPieces)
            throw new DataException($"The vocabulary has {Count:N0} merges and letters; bpe holds at most {MostPieces:N0}.");
    }

    /// <summary>How many pieces are letters; they have the numbers below it.</summary>
    public int Letters { get; }

    /// <summary>Letters and merges.</summary>
    public int Count => pieces.Count;

    /// <summary>The text of a piece.</summary>
    public string Text(int piece) => pieces[piece].Text;

    /// <summary>The parts a merged piece is made of.</summary>
    public (int Left, int Right) Parts(int piece) => (pieces[piece].Left, pieces[piece].Right);

    /// <summary>
    /// Whether byte-pair encoding the two pieces' letters gives just these two pieces. A sequence of pieces is the encoding
    /// of its letters exactly if each neighbouring pair is compatible (van Antwerpen and Neubeck 2024, "So many tokens, so
    /// little time", GitHub engineering).
    /// </summary>
    /// <remarks>
    /// Takes both pieces apart on the side where they touch, last merge first. Two parts that met there would have been
    /// merged if their merge came before those that took them up; of equal merges the left one comes first.
    /// </remarks>
    public bool AreCompatible(int left, int right)
    {
        var (untilLeft, untilRight) = (int.MaxValue, int.MaxValue);
        while (true)
        {
            var merged = pairs.Find(left, right);
            if (merged >= 0 && merged < untilLeft && merged <= untilRight) return false;
            if (left < Letters && right < Letters) return true;
            if (left > right)
            {
                untilLeft = left;
                left = pieces[left].Right;
            }
            else
            {
                untilRight = right;
                right = pieces[right].Left;
            }
        }
    }

    /// <summary>A word character, as the Whitespace pre-tokenizer's <c>\w</c>.</summary>
    public static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
