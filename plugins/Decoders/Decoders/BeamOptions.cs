using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Decoders;

/// <summary>Options of <c>beam</c>.</summary>
public sealed class BeamOptions : IValidatableObject
{
    /// <summary>Sequences of each prompt that go on at once.</summary>
    [Range(1, 1 << 14), Description("Sequences of each prompt that go on at once.")]
    public int Width { get; set; } = 5;

    /// <summary>How many of them are given back.</summary>
    [Range(1, 1 << 14), Description("How many sequences of each prompt are given back, the best first; 1 unless set.")]
    public int Best { get; set; } = 1;

    /// <summary>Exponent of the length.</summary>
    [Range(-10.0, 10.0)]
    [Description("Sequences are ordered by log-probability divided by length in tokens to the power of this: 0, the default, by "
        + "probability alone; above 0 long ones gain.")]
    public double LengthPenalty { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Best > Width) yield return new($"must be no more than 'width', {Width}.", [nameof(Best)]);
    }
}
