using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.GGram;

/// <summary>Options of <c>ggram</c>.</summary>
public sealed class GGramOptions
{
    /// <summary>The tokenizer whose tokens G-grams are made of.</summary>
    [Required, Description("The tokenizer whose tokens G-grams are made of, such as { use: bpe, ... }.")]
    public ComponentSpec? Tokenizer { get; set; }

    /// <summary>
    /// The G-gram file, as <c>ggrams extract</c> writes it or in the published layout. Not needed where a model folder is loaded.
    /// </summary>
    [Description("The G-gram file, as 'host ggrams extract' writes it or in the published ngram.json layout. It must have been made with "
        + "the same tokens.")]
    public string? Vocabulary { get; set; }

    /// <summary>
    /// Most G-grams a sequence: the first of <see cref="Order"/> stay. Null keeps all, as the paper says; the released code keeps 30, its
    /// earlier version 20.
    /// </summary>
    [Range(1, 1 << 20), Description("Most G-grams of a sequence, the first by 'order'; without it all, as in the paper. The released code "
        + "keeps 30 (with order: position, repeats: merge), its earlier version 20 (with order: shortest-first).")]
    public int? MaxGGrams { get; set; }

    /// <summary>Order of the G-grams, which decides what <see cref="MaxGGrams"/> drops. The model is indifferent to it.</summary>
    [Description("Order of the G-grams, which decides what maxGGrams drops: position (released code), shortest-first (its earlier "
        + "version), longest-first.")]
    public GGramOrder Order { get; set; } = GGramOrder.Position;

    /// <summary>What becomes of a G-gram that occurs more than once.</summary>
    [Description("A G-gram that occurs more than once: 'separate' gives each occurrence a place of its own, 'merge' one place for all, "
        + "matched to the tokens of each, as the released code does.")]
    public GGramRepeats Repeats { get; set; } = GGramRepeats.Separate;
}

/// <summary>Order of a sequence's G-grams.</summary>
public enum GGramOrder
{
    /// <summary>By first token, then shorter before longer.</summary>
    Position,

    /// <summary>All of two tokens by position, then all of three, and so on.</summary>
    ShortestFirst,

    /// <summary>The longest first, by position among equals.</summary>
    LongestFirst,
}

/// <summary>What becomes of a G-gram that occurs more than once in a sequence.</summary>
public enum GGramRepeats
{
    /// <summary>Each occurrence is a G-gram of the sequence.</summary>
    Separate,

    /// <summary>One G-gram, matched to the tokens of every occurrence.</summary>
    Merge,
}
