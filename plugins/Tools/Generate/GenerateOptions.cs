using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Generate;

/// <summary>Options of <c>host generate</c>.</summary>
[Example("host generate runs/haplotypes --count 5000 --length 805 --decoder sample --temperature 0.8 --output genomes.hapt")]
[Example("host generate runs/gpt --prompt ACGTTGCA --count 10 --length 200 --field species=Homo_sapiens --output written.fa")]
[Example("host generate runs/enbed --prompts parents.fa --decoder beam --width 5 --best 5 --output children.tsv")]
public sealed class GenerateOptions : DecoderOptions, IValidatableObject
{
    /// <summary>The model.</summary>
    [Description("A run folder, a model folder or an imported one. In a pipeline it is left out: the model trained before.")]
    [Positional("MODEL")]
    public string Model { get; set; } = "";

    /// <summary>Files of prompts.</summary>
    [ValueName("FILE")]
    [Description("Sequences to go on from, or that an encoder-decoder reads: files of any format that a plugin reads. May be repeated.")]
    public string[] Prompts { get; set; } = [];

    /// <summary>Prompts as they are.</summary>
    [ValueName("BASES")]
    [Description("A sequence to go on from, written out. May be repeated. Without any, the model writes from the beginning.")]
    public string[] Prompt { get; set; } = [];

    /// <summary>Options of the data source.</summary>
    [ValueName("KEY=VALUE")]
    [Description("An option of the source of --prompts, such as sequence=DNA. May be repeated.")]
    public string[] Data { get; set; } = [];

    /// <summary>Fields of samples.</summary>
    [ValueName("NAME=VALUE"), Description(GivenFields.Help)]
    public string[] Field { get; set; } = [];

    /// <summary>Records of each prompt.</summary>
    [Range(1, 100_000_000), Description("How many sequences are written for each prompt.")]
    public int Count { get; set; } = 1;

    /// <summary>Bases of a record.</summary>
    [Range(1, 1 << 24)]
    [Description("Bases of each sequence, those of --begin included, those of its prompt not. A model with a stop symbol writes freely, "
        + "and what does not stop there is discarded, counted and written anew; one without ends there.")]
    public int? Length { get; set; }

    /// <summary>Ends there.</summary>
    [Description("With --length: end each sequence there, whether the model has a stop symbol or not.")]
    public bool Exact { get; set; }

    /// <summary>Most tokens.</summary>
    [Range(1, 1 << 24), Description("Most tokens of a sequence; as many as the model takes unless set.")]
    public int? MaxTokens { get; set; }

    /// <summary>What ends a sequence.</summary>
    [ValueName("TOKEN")]
    [Description("The token that ends a sequence: a symbol of a token language such as !, or a token's text. What followed sequences in "
        + "training unless set; 'none' for no such token.")]
    public string? Stop { get; set; }

    /// <summary>How each begins.</summary>
    [ValueName("BASES"), Description("Bases that each sequence begins with; they are part of it.")]
    public string Begin { get; set; } = "";

    /// <summary>Of which bases.</summary>
    [ValueName("BASES"), Description("Write these bases alone, such as ACGT; otherwise N and other codes where the model has them.")]
    public string? Alphabet { get; set; }

    /// <summary>What is never written.</summary>
    [ValueName("TOKEN"), Description("A token that is never written. May be repeated.")]
    public string[] Forbid { get; set; } = [];

    /// <summary>Where draws come from.</summary>
    [Description("Draws follow from it and from the number of the sequence alone, however many are computed at once.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>How many at once.</summary>
    [Range(1, 1 << 16), Description("Sequences computed at once.")]
    public int Batch { get; set; } = 64;

    /// <summary>Passes of a masked model.</summary>
    [Range(1, 1 << 24)]
    [Description("Passes in which a masked model fills in all tokens: more are slower and heed more of what was written. A token a pass "
        + "unless set.")]
    public int? Passes { get; set; }

    /// <summary>In its own number format.</summary>
    [Description("Compute in the number format the model was scored in, which may be faster; in float32 otherwise, in which what is "
        + "written hardly depends on --batch.")]
    public bool ModelFormat { get; set; }

    /// <summary>A question.</summary>
    [ValueName("TOKENS")]
    [Description("Answer a question in place of writing a sequence: '= M' asks for a number, '= B' for a class (DNAGPT's token language). "
        + "A model whose template asks itself answers that, unless --length, --stop or --max-tokens is given.")]
    public string? Ask { get; set; }

    /// <summary>What is written.</summary>
    [Required, ValueName("FILE")]
    [Description("What to write: .fa or .fasta; .tsv, .csv, .jsonl or .parquet for a table with all that is known; .hapt for haplotypes; "
        + "- for a table on standard output. All but .parquet may end in .gz too.")]
    public string Output { get; set; } = "";

    /// <summary>The first column of haplotypes.</summary>
    [ValueName("NAME"), Description("The group of the haplotypes, the first column of .hapt.")]
    public string Group { get; set; } = "Generated";

    /// <summary>The prompt, too.</summary>
    [Description("In FASTA, write the prompt before what the model wrote after it.")]
    public bool WithPrompt { get; set; }

    /// <summary>Where it is computed.</summary>
    [Description("auto, cpu or cuda:N; in a pipeline the run's.")]
    public string Device { get; set; } = "auto";

    /// <summary>Replaces what is there.</summary>
    [Description(OutputFile.ForceHelp + " What was stopped begins anew.")]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Exact && Length is null) yield return new("goes with --length: it says where sequences end.", [nameof(Exact)]);
        if (Group.Length == 0 || Group.Any(char.IsWhiteSpace)) yield return new("must be a name without blanks.", [nameof(Group)]);
        if (Length is { } length && Begin.Length > length)
            yield return new($"has {Begin.Length:N0} bases, more than --length, {length:N0}.", [nameof(Begin)]);
        if (Ask is not null && (Length ?? MaxTokens) is not null)
            yield return new("is answered with one number or class; leave --length and --max-tokens out.", [nameof(Ask)]);
        foreach (var option in DecoderOption.Where(o => o.IndexOf('=') < 1))
            yield return new($"must be KEY=VALUE, but is '{option}'.", [nameof(DecoderOption)]);
    }
}
