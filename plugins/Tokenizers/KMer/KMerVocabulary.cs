using PluginHost.Libs.Files;

namespace PluginHost.Plugins.KMer;

/// <summary>The published vocabulary, made or read from a <c>vocab.txt</c>.</summary>
internal static class KMerVocabulary
{
    public const string FileName = "vocab.txt";

    /// <summary>The special tokens in id order (Ji et al. 2021, 2.2.1; the order is the release's).</summary>
    public static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>The parts the special tokens play, by the names Python's tokenizers have for them.</summary>
    public static readonly (string Role, string Text)[] Roles =
        [("pad", "[PAD]"), ("unk", "[UNK]"), ("cls", "[CLS]"), ("sep", "[SEP]"), ("mask", "[MASK]")];

    /// <summary>
    /// Special tokens, all k-mers in product order of A, T, C, G, then shorter words, longest first, where tails need them.
    /// </summary>
    public static Vocabulary Make(KMerWindows windows)
    {
        var tokens = new List<string>(Special);
        for (var length = windows.K; length >= windows.ShortestTail; length--) tokens.AddRange(Words(length));
        return new(tokens, Special);
    }

    /// <summary>Reads a vocabulary and checks that it has exactly the words these windows produce, in any order.</summary>
    /// <exception cref="DataException">The file is missing or holds another vocabulary.</exception>
    public static Vocabulary Read(string path, KMerWindows windows)
    {
        if (FileKinds.Of(path) == FileKind.Missing)
            throw new DataException($"{path}: there is no such vocabulary file; give 'vocab' a file of one token a line, or leave it out.");
        var tokens = SmallFile.ReadLines(path, TextLimits.Vocabulary, "a vocabulary").ToList();
        while (tokens.Count > 0 && tokens[^1].Length == 0) tokens.RemoveAt(tokens.Count - 1);
        var special = new List<string>();
        var longest = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].StartsWith('[') && tokens[i].EndsWith(']')) special.Add(tokens[i]);
            else if (tokens[i].Length > 0 && tokens[i].All(KMerIds.Digits.Contains)) longest = Math.Max(longest, tokens[i].Length);
            else throw new DataException($"{path}:{i + 1}: '{tokens[i]}' is neither a word over A, C, G, T nor a [SPECIAL] token.");
        }
        if (longest != windows.K)
            throw new DataException(
                $"{path}: holds words of up to {longest} bases but k is {windows.K}; set k to {longest} or name another file.");
        foreach (var required in Special)
            if (!special.Contains(required)) throw new DataException($"{path}: lacks {required}.");
        Vocabulary vocabulary;
        try
        {
            vocabulary = new(tokens, special);
        }
        catch (DataException duplicate)
        {
            throw new DataException($"{path}: {duplicate.Message}", duplicate);
        }
        CheckWords(path, vocabulary, windows);
        return vocabulary;
    }

    /// <summary>All words of a length in product order.</summary>
    public static IEnumerable<string> Words(int length)
    {
        for (var value = 0; value < 1 << (2 * length); value++) yield return Word(value, length);
    }

    private static string Word(int value, int length) => string.Create(length, value, static (word, value) =>
    {
        for (var i = word.Length - 1; i >= 0; i--, value >>= 2) word[i] = KMerIds.Digits[value & 3];
    });

    private static void CheckWords(string path, Vocabulary vocabulary, KMerWindows windows)
    {
        for (var length = windows.K; length >= windows.ShortestTail; length--)
            foreach (var word in Words(length))
                if (vocabulary.Find(word) is null)
                    throw new DataException(length == windows.K
                        ? $"{path}: lacks the {length}-mer {word}."
                        : $"{path}: lacks {word}, a word that 'tail: cover' needs at stride {windows.Stride}; set 'tail: drop'.");
        var surplus = vocabulary.Tokens.FirstOrDefault(t => t[0] != '[' && t.Length < windows.ShortestTail);
        if (surplus is not null)
            throw new DataException($"{path}: has {surplus}, a word that stride {windows.Stride} with 'tail: "
                + $"{windows.Tail.ToString().ToLowerInvariant()}' never produces; the file belongs to other options.");
    }
}
