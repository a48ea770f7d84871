using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Plugins.Bpe.Training;

/// <summary>Options of <c>host bpe train</c>.</summary>
public sealed class BpeTrainOptions
{
    /// <summary>FASTA files, plain or compressed; soft-masked bases count as others do.</summary>
    [Required, MinLength(1), Description("FASTA files, plain, gzip or bgzip; * and ? stand for parts of a name. Soft-masked bases count as "
        + "any others; anything but A, C, G, T ends a sequence.")]
    public string[] Path { get; set; } = [];

    /// <summary>The file to write.</summary>
    [Required, Description("The tokenizer.json to write.")]
    public string Output { get; set; } = "tokenizer.json";

    /// <summary>Replaces a file that is there.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    /// <summary>Ids of the vocabulary: five special tokens, four letters, and merges. DNABERT-2's has 4,096.</summary>
    [Range(10, MergeRules.MostPieces),
        Description("Ids of the vocabulary: five special tokens, four letters, and merges (DNABERT-2: 4096).")]
    public int Size { get; set; } = 4096;

    /// <summary>A pair that occurs less often is not merged.</summary>
    [Range(1, int.MaxValue), Description("A pair that occurs less often than this is not merged; training ends when there is none left.")]
    public int MinimumCount { get; set; } = 1;

    /// <summary>Records are cut into stretches of this many bases, and no pair is counted across their ends.</summary>
    [Range(2, 1 << 28), Description("Records are cut into stretches of this many bases; no pair is counted across their ends.")]
    public int Window { get; set; } = 1_000_000;

    /// <summary>Most bases to train on. Where there are more, stretches are drawn at random.</summary>
    [Range(1_000, 2_000_000_000),
        Description("Most bases to train on: memory is about 6 bytes for each. Where there are more, stretches are drawn at random.")]
    public int MaxBases { get; set; } = 500_000_000;

    /// <summary>Fixes which stretches are drawn.</summary>
    [Description("Fixes which stretches are drawn where there are more than maxBases.")]
    public ulong Seed { get; set; } = 1;
}
