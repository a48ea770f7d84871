using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.TokenLanguage;

/// <summary>Options of <c>token-language</c>.</summary>
public sealed class TokenLanguageOptions : IValidatableObject
{
    /// <summary>Which words there are.</summary>
    [Description("Which words there are: 'dynamic' all of 1 to k bases (k 6: 19,564 ids, released as dna_gpt0.1b_m and 3b_m), 'fixed' "
        + "those of k bases only (15,659 ids, dna_gpt0.1b_h).")]
    public WordSet Vocabulary { get; set; } = WordSet.Dynamic;

    /// <summary>Bases a word, 1 to 8; 6 as published.</summary>
    [Range(1, 8), Description("Bases a word; 6 as published.")]
    public int K { get; set; } = 6;

    /// <summary>What is composed from a sample: see <see cref="TokenLanguage.Template"/>.</summary>
    [Required, Description("What is composed from a sample's fields, for example '{species} {sequence} + M {x} = M {y}'. {sequence} is the "
        + "sequence, {field} after M a number (a vector is several), after B a yes/no class, elsewhere a species or a reserved symbol; "
        + "anything else is a reserved symbol itself, with or without angle brackets.")]
    public string Template { get; set; } = "{sequence}";

    /// <summary>What becomes of the bases after the last whole word of a fixed vocabulary; a dynamic one has words for them.</summary>
    [Description("With 'vocabulary: fixed', bases after the last whole word: 'drop' leaves them out and reports them, 'fill' makes the "
        + "word whole with N, 'unknown' gives one unknown token as the released test.py does. Dynamic vocabularies have words for them.")]
    public ShortTail Tail { get; set; } = ShortTail.Drop;

    /// <summary>What an IUPAC code other than A, C, G, T and N becomes.</summary>
    [Description("Codes other than A, C, G, T and N: 'unknown' makes their word the unknown token <0> as released, 'n' reads them as N.")]
    public Ambiguity Ambiguous { get; set; } = Ambiguity.Unknown;

    /// <summary>What is cut when a sample is longer than the model.</summary>
    [Description("What is cut when a sample is longer than the model: 'sequence' cuts the sequence and keeps the rest of the template, "
        + "'end' cuts the last tokens as the released code does, prompt or not.")]
    public Cut Truncation { get; set; } = Cut.Sequence;

    /// <summary>How a vector of numbers is laid out.</summary>
    [Description("How a vector field is laid out: 'interleaved' gives each value its own connection and instruction, + M x + M y, as in "
        + "the paper; 'block' puts all after one, + M x y, as the released code does.")]
    public NumberLayout Numbers { get; set; } = NumberLayout.Interleaved;

    /// <summary>What sequences are made of; null for nucleotides.</summary>
    [Description(
        "Characters of the sequences where they are no nucleotides, such as 01 for the alleles of SNPs (Zhang et al. 2023, 6); case "
        + "counts. Words are made of them in the order given, and there are no classification tokens A and N. Data sources must be given "
        + "the same alphabet.")]
    public string? Alphabet { get; set; }

    /// <summary>Bases that stand for the alphabet's characters in words, one for each.</summary>
    [Description("With 'alphabet', the bases that stand for its characters, one for each: 'AG' writes alleles 0 and 1 as A and G, so that "
        + "words and ids are the published ones and a model pretrained on DNA goes on with them. The paper fine-tunes pretrained models "
        + "on alleles and does not say how it writes them.")]
    public string? ReadAs { get; set; }

    /// <summary>Which classification token means yes.</summary>
    [Description("Which classification token means yes: 'paper' A yes and N no, 'release' the reverse (test.py prints N as a real signal, "
        + "A as a false one).")]
    public ClassMeaning Classes { get; set; } = ClassMeaning.Paper;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReadAs is { } bases && (Alphabet is null || bases.Length != Alphabet.Length || bases.Distinct().Count() < bases.Length
            || bases.Any(b => !Words.Bases.Contains(b))))
            yield return new($"must have a base of {Words.Bases} for each character of 'alphabet', all different.", [nameof(ReadAs)]);
        if (Alphabet is null) yield break;
        if (Ambiguous == Ambiguity.N) yield return new("'n' goes with nucleotides only, not with 'alphabet'.", [nameof(Ambiguous)]);
        if (Tail == ShortTail.Fill && ReadAs is null)
            yield return new("'fill' writes N, which an alphabet of its own lacks; use 'drop' or 'unknown'.", [nameof(Tail)]);
    }
}

/// <summary>Which words a vocabulary has.</summary>
public enum WordSet
{
    /// <summary>Words of 1 to k bases.</summary>
    Dynamic,

    /// <summary>Words of k bases only.</summary>
    Fixed,
}

/// <summary>What becomes of the bases after the last whole word of a fixed vocabulary.</summary>
public enum ShortTail
{
    /// <summary>Left out and counted in <see cref="EncodedSequence.DroppedBases"/>.</summary>
    Drop,

    /// <summary>Made whole with N; decoding gives those N too.</summary>
    Fill,

    /// <summary>One unknown token.</summary>
    Unknown,
}

/// <summary>What an IUPAC code other than A, C, G, T and N becomes.</summary>
public enum Ambiguity
{
    /// <summary>Its word is the unknown token.</summary>
    Unknown,

    /// <summary>It is read as N.</summary>
    N,
}

/// <summary>What is cut when a sample is longer than the model.</summary>
public enum Cut
{
    /// <summary>The end of the sequence.</summary>
    Sequence,

    /// <summary>The end of all tokens.</summary>
    End,
}

/// <summary>How a vector of numbers is laid out.</summary>
public enum NumberLayout
{
    /// <summary>+ M x + M y.</summary>
    Interleaved,

    /// <summary>+ M x y.</summary>
    Block,
}

/// <summary>Which classification token means yes.</summary>
public enum ClassMeaning
{
    /// <summary>A.</summary>
    Paper,

    /// <summary>N.</summary>
    Release,
}
