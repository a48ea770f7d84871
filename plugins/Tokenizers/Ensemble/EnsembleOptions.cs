using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Ensemble;

/// <summary>Options of <c>ensemble</c>.</summary>
public sealed class EnsembleOptions : IValidatableObject
{
    /// <summary>The vocabularies, at least one. Ids of the first stay as they are.</summary>
    [MinLength(1), Description("The vocabularies; the ids of the first stay as they are, then come the prompts, then what the others add.")]
    public VocabularyOptions[] Vocabularies { get; set; } = [];

    /// <summary>The vocabulary to encode with, by name: for fine-tuning. Null draws one for each training sample.</summary>
    [Description("The vocabulary to encode with, by name: for fine-tuning and use. Without it one is drawn for each training sample, and "
        + "told from a sample's name elsewhere.")]
    public string? Active { get; set; }

    /// <summary>Which samples <see cref="Active"/> holds for.</summary>
    [Description("Which samples 'active' holds for: all, or labelled, so that one pipeline pretrains with a drawn vocabulary and then "
        + "fine-tunes with this one. Training samples without any field are unlabelled.")]
    public ActiveFor ActiveFor { get; set; } = ActiveFor.Labelled;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var names = Vocabularies.Select(v => v.Prompt).ToList();
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return new($"are two called '{twice.Key}'; give each a 'name' of its own.", [nameof(Vocabularies)]);
        if (Active is not null && !names.Contains(Active))
            yield return new($"must be one of {string.Join(", ", names)}, but is '{Active}'.", [nameof(Active)]);
    }
}

/// <summary>Which samples a fixed vocabulary holds for.</summary>
public enum ActiveFor
{
    /// <summary>Samples with a label or other field, and whatever is not drawn for training.</summary>
    Labelled,

    /// <summary>Every sample; nothing is drawn then, and no sequence is cut.</summary>
    All,
}

/// <summary>One vocabulary of an ensemble.</summary>
public sealed class VocabularyOptions : IValidatableObject
{
    /// <summary>The tokenizer.</summary>
    [Required, Description("The tokenizer, for example { use: kmer, k: 6 }.")]
    public ComponentSpec? Tokenizer { get; set; }

    /// <summary>Its name: the prompt token is this in square brackets. The tokenizer's in capitals unless set.</summary>
    [RegularExpression("[A-Za-z0-9_-]+"),
        Description("Its name, of which the prompt token is made: BPE becomes [BPE]. The tokenizer's in capitals unless set.")]
    public string? Name { get; set; }

    /// <summary>How often it is drawn, relative to the others.</summary>
    [Range(0.0, 1e6), Description("How often it is drawn, relative to the others.")]
    public double Weight { get; set; } = 1;

    /// <summary>Shortest sequence in bases that a training sample is cut to. The paper's is 70.</summary>
    [Range(1, 1 << 30), Description("Bases of the shortest sequence that a training sample is cut to (the paper: 70).")]
    public int Shortest { get; set; } = 70;

    /// <summary>Longest such sequence; null leaves sequences as they are. The paper's is 2,300 for BPE and 510 for 6-mers.</summary>
    [Range(1, 1 << 30),
        Description("Bases of the longest (the paper: 2300 for BPE, 510 for 6-mers); sequences are left as they are unless set.")]
    public int? Longest { get; set; }

    /// <summary>Share of sequences that are cut to exactly <see cref="Longest"/>; lengths of the rest are uniform.</summary>
    [Range(0.0, 1.0),
        Description("Share of sequences of the longest length (the paper: half); the rest is uniform between shortest and longest.")]
    public double LongestShare { get; set; } = 0.5;

    internal string Prompt => Name ?? Tokenizer?.Use.Split('/')[^1].ToUpperInvariant() ?? "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Longest < Shortest) yield return new($"must be at least 'shortest', {Shortest}.", [nameof(Longest)]);
    }
}
