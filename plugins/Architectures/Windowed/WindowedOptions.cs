using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Windowed;

/// <summary>Options of <c>windowed</c>.</summary>
public sealed class WindowedOptions : IValidatableObject
{
    /// <summary>The architecture that encodes a piece.</summary>
    [Required, Description("The architecture that encodes a piece, with its options: { use: bert-encoder, layers: 12 }.")]
    public ComponentSpec? Inner { get; set; }

    /// <summary>Most pieces a sequence is cut into.</summary>
    [Range(1, 4096),
        Description(
        "Most pieces a sequence is cut into; more is too long. With 'join: concat' the representation is this many times as wide.")]
    public int Pieces { get; set; } = 4;

    /// <summary>Tokens in a piece, special ones included; null for as many as the inner architecture takes.</summary>
    [Range(3, 1 << 20),
        Description(
        "Tokens in a piece, special ones included; as many as the inner architecture takes by default. Needed where that has no limit.")]
    public int? PieceTokens { get; set; }

    /// <summary>What the pooled vectors of the pieces become.</summary>
    [Description("What the pooled vectors of the pieces become: 'concat' (the paper), 'mean' or 'max'.")]
    public PieceJoin Join { get; set; } = PieceJoin.Concat;

    /// <summary>With <see cref="PieceJoin.Concat"/>, takes the concatenation back to the inner width by a dense layer and ReLU.</summary>
    [Description("With 'join: concat', a dense layer and ReLU that take the concatenation back to the inner width, as DNABERT's released "
        + "'dnalongcat' has it. The paper concatenates only.")]
    public bool Project { get; set; }

    /// <summary>Gives every piece the special tokens the inner architecture expects around a sequence.</summary>
    [Description("Give every piece the special tokens that stand around a whole sequence ([CLS], prompts, [SEP]). Without it the first "
        + "piece has those in front and the last those at the end.")]
    public bool WrapPieces { get; set; } = true;

    /// <summary>Encodes pieces that are padding only, as any other.</summary>
    [Description("Encode pieces that are padding only, up to 'pieces', and let them count as any other, as DNABERT's released code does. "
        + "Otherwise they are left out, and zeros in a concatenation.")]
    public bool PadPieces { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Project && Join != PieceJoin.Concat)
            yield return new("'project' is about a concatenation; leave it out, or set 'join: concat'.", [nameof(Project)]);
    }
}
