using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Codons;

/// <summary>What a pipeline may say about the tokenizer.</summary>
public sealed class CodonOptions
{
    [Description("Reading frame: bases before the first codon.")]
    [Range(0, 2)]
    public int Frame { get; set; }
}
