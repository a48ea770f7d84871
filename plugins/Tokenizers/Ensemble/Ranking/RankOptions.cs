using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Ensemble.Ranking;

/// <summary>Options of <c>host vocabulary rank</c>.</summary>
public sealed class RankOptions : IValidatableObject
{
    /// <summary>A table of sequences and labels.</summary>
    [Description("The task's training table: one sequence a row, with its label.")]
    public string? Path { get; set; }

    /// <summary>Any other data set, in place of <see cref="Path"/>.</summary>
    [Description("A data set in place of 'path', as pipelines write it: { use: fasta, path: peaks.fa, how: whole }.")]
    public ComponentSpec? Data { get; set; }

    /// <summary>The vocabularies to choose from.</summary>
    [MinLength(1), Description("A tokenizer to choose from, as pipelines write it: { use: kmer, k: 6 }. Give the option once for each.")]
    public ComponentSpec[] Vocabulary { get; set; } = [];

    /// <summary>Labels of the samples to look at; the paper takes the positive ones.</summary>
    [Description(
        "Labels of the samples to look at: the paper takes the positive ones of two classes. Rows without a label are always looked at.")]
    public string[] Positive { get; set; } = ["1"];

    /// <summary>Looks at every sample, whatever its label.</summary>
    [Description("Look at every sample, whatever its label.")]
    public bool All { get; set; }

    /// <summary>Ids of the task's own vocabulary. The paper does not state its size; this is that of its byte-pair vocabulary.</summary>
    [Range(16, 65_000),
        Description("Ids of the task's own byte-pair vocabulary, which is made of these samples. The paper does not state its size.")]
    public int Size { get; set; } = 4096;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Path is null == Data is null) yield return new("needs one of: path (a table), or data (any data set).", [nameof(Path)]);
    }
}
