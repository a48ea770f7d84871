using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Interpret.Decoders;

/// <summary>What a decoder looks at.</summary>
public enum DecoderStack
{
    /// <summary>The encoder's tokens.</summary>
    Cross,

    /// <summary>Its own tokens so far.</summary>
    Decoder,
}

/// <summary>Options of <c>host interpret decoder</c>.</summary>
[Example("host interpret decoder runs/mutations parents.fa --output looks")]
[Example("host interpret decoder runs/mutations pairs.csv --data sequence=parent --target child --output looks")]
[Example("host interpret decoder runs/mutations parents.fa --target-file children.fa --stack decoder --layer 1 --output looks")]
public sealed class DecoderOptions : InputOptions
{
    /// <summary>The target that is what the model writes.</summary>
    public const string Written = "written";

    /// <summary>The target that is the sequence.</summary>
    public const string Itself = "itself";

    /// <summary>The folder to write.</summary>
    [Required, ValueName("FOLDER"), Description("The folder to write: looks.tsv, summary.tsv, shares and heat maps, report.html.")]
    public string Output { get; set; } = "";

    /// <summary>Which attention.</summary>
    [Description("Whose attention: cross, that of the decoder's tokens to the encoder's; decoder, to those written before.")]
    public DecoderStack Stack { get; set; } = DecoderStack.Cross;

    /// <summary>What the decoder is given.</summary>
    [Required, Description("What the decoder is given: written, what the model itself writes, the most probable token each time; itself, "
        + "the sequence that the encoder reads; or a field of the data that holds the target.")]
    public string Target { get; set; } = Written;

    /// <summary>Targets in a file of their own.</summary>
    [ValueName("FILE"), Description("In place of --target: a file with the target of each sequence, under the sequence's name.")]
    public string? TargetFile { get; set; }

    /// <summary>Most tokens to write.</summary>
    [Range(1, 1 << 24), Description("Most tokens that the model writes of a sequence, with --target written; as many as the longest of its "
        + "batch has unless set.")]
    public int? MaxTokens { get; set; }

    /// <summary>Which layer.</summary>
    [Range(1, 10_000), Description("Whose attention, counted from 1; the last layer's unless set.")]
    public int? Layer { get; set; }

    /// <summary>Which head.</summary>
    [Range(1, 10_000), Description("One head, counted from 1; the mean over heads unless set.")]
    public int? Head { get; set; }

    /// <summary>Sequences that are drawn.</summary>
    [Range(0, 1000), Description("Sequences that are drawn one by one and whose shares are written in full, the first ones.")]
    public int Figures { get; set; } = 10;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if (BothStrands)
            yield return new("does not go with a target, which is of one strand; give reverse complements as sequences of their own.",
                [nameof(BothStrands)]);
        if (TargetFile is not null && Target != Written)
            yield return new("takes the place of --target; leave one of the two out.", [nameof(TargetFile)]);
    }
}
