using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Plugins.GGram;

/// <summary>Options of <c>ggrams extract</c>. All that decide the result are recorded in the file.</summary>
public sealed class ExtractOptions : IValidatableObject
{
    /// <summary>FASTA files; * and ? stand for parts of a name.</summary>
    [Description("FASTA files, plain, gzip or bgzip; * and ? stand for parts of a name.")]
    public string[] Path { get; set; } = [];

    /// <summary>Any data source instead of FASTA files; its training split is read once.</summary>
    [Description("Any data source instead of 'path', such as '{ use: table, train: train.csv }'; its training split is read once.")]
    public ComponentSpec? Data { get; set; }

    /// <summary>The tokenizer whose tokens are joined.</summary>
    [Required, Description("The tokenizer whose tokens are joined, such as '{ use: bpe, ... }'. The file serves this tokenizer only.")]
    public ComponentSpec? Tokenizer { get; set; }

    /// <summary>The file to write.</summary>
    [Required, Description("The G-gram file to write.")]
    public string? Output { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    /// <summary>Neighbours with at least this pointwise mutual information are joined.</summary>
    [Range(-100.0, 100.0),
        Description(
        "Neighbouring tokens with at least this pointwise mutual information are joined. The paper: 2; the released tools: 2, 5 and 10.")]
    public double MinPmi { get; set; } = 2;

    /// <summary>Base of its logarithm. The paper does not say; the released tools use 2.</summary>
    [Description("Base of its logarithm: two (released tools; the paper does not say), e, ten.")]
    public LogBase LogBase { get; set; } = LogBase.Two;

    /// <summary>What counts are divided by.</summary>
    [Description("What counts are divided by: 'each' takes pairs per pair and tokens per token; 'tokens' both per token, as the released "
        + "C++; 'pairs' both per pair, as the released Python reference.")]
    public PmiDenominator Denominator { get; set; } = PmiDenominator.Each;

    /// <summary>Rarer tokens are never joined.</summary>
    [Range(1L, long.MaxValue), Description("Rarer tokens are never joined. The released tools: 5 or 10; the paper names no threshold.")]
    public long MinTokenCount { get; set; } = 5;

    /// <summary>Rarer pairs are never joined.</summary>
    [Range(1L, long.MaxValue),
        Description("Rarer pairs of neighbours are never joined. The released tools use one threshold for tokens and pairs.")]
    public long MinPairCount { get; set; } = 5;

    /// <summary>Rarer G-grams are left out.</summary>
    [Range(1L, long.MaxValue), Description("Rarer G-grams are left out. The released tools: 5 to 500; the paper names no threshold.")]
    public long MinCount { get; set; } = 5;

    /// <summary>Fewest tokens of a G-gram.</summary>
    [Range(2, 8), Description("Fewest tokens of a G-gram.")]
    public int MinLength { get; set; } = 2;

    /// <summary>Most tokens of a G-gram.</summary>
    [Range(2, 8), Description("Most tokens of a G-gram (the paper: 5).")]
    public int MaxLength { get; set; } = 5;

    /// <summary>What becomes of more tokens in a row than a G-gram may have.</summary>
    [Description("Longer runs of joined tokens: 'drop' (the paper keeps G-grams of 2 to 5), 'cut' into G-grams of the greatest length, "
        + "'release' as the released C++: pieces of one token more are lost, the rest stays.")]
    public LongRuns LongRuns { get; set; } = LongRuns.Drop;

    /// <summary>Takes the run that reaches a sequence's end too. False reproduces the released tools, which lose it.</summary>
    [Description("Take the run that reaches the end of a sequence too; 'false' reproduces the released tools, which lose it.")]
    public bool FlushLast { get; set; } = true;

    /// <summary>
    /// Counts survivors again wherever they occur, not only where they were delimited, and applies the threshold again, as the released
    /// tools do.
    /// </summary>
    [Description("Count the G-grams again wherever they occur, overlapping and inside longer runs, and apply minCount again, as the "
        + "released tools do.")]
    public bool Recount { get; set; }

    /// <summary>Keeps the most frequent only; null keeps all.</summary>
    [Range(1, 1 << 28), Description("Keep this many of the most frequent; without it all (the paper's file has 162,708 ids).")]
    public int? Size { get; set; }

    /// <summary>Reads the reverse complement of every sequence as well, as the released tools did for the human genome.</summary>
    [Description("Read the reverse complement of every sequence as well, as the released tools did for the human genome.")]
    public bool BothStrands { get; set; }

    /// <summary>Bases read at a time; no G-gram runs across. Only with <see cref="Path"/>.</summary>
    [Range(1000, 1 << 28), Description("Bases of FASTA read at a time; no G-gram runs across the cut.")]
    public int Window { get; set; } = 100_000;

    /// <summary>Megabytes that counting may take; what exceeds them goes to disk.</summary>
    [Range(16, 1 << 20), Description("Megabytes that counting may take; what exceeds them goes to disk. The result does not depend on it.")]
    public int Memory { get; set; } = 2048;

    /// <summary>Folder for temporary files: two to four bytes a token, and counts beyond the memory limit.</summary>
    [Description("Folder for temporary files, two to four bytes a token and more when memory is short; the system's unless set.")]
    public string? Temp { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinLength > MaxLength) yield return new($"must be at most 'maxLength', {MaxLength}.", [nameof(MinLength)]);
        if (Path.Length == 0 == Data is null) yield return new("give either 'path' or 'data'.", [nameof(Path)]);
    }
}

/// <summary>Base of a logarithm.</summary>
public enum LogBase
{
    /// <summary>Bits.</summary>
    Two,

    /// <summary>Nats.</summary>
    E,

    /// <summary>Decimal digits.</summary>
    Ten,
}

/// <summary>What the counts in pointwise mutual information are divided by.</summary>
public enum PmiDenominator
{
    /// <summary>Pairs by the number of pairs, tokens by the number of tokens: the definition.</summary>
    Each,

    /// <summary>All by the number of tokens.</summary>
    Tokens,

    /// <summary>All by the number of pairs.</summary>
    Pairs,
}

/// <summary>What becomes of a run of joined tokens that is longer than a G-gram may be.</summary>
public enum LongRuns
{
    /// <summary>It yields no G-gram.</summary>
    Drop,

    /// <summary>It is cut into G-grams of the greatest length from its start; what is left stays if long enough.</summary>
    Cut,

    /// <summary>
    /// It is cut into pieces one token longer than the greatest length, which are lost; what is left stays if long enough.
    /// </summary>
    Release,
}
