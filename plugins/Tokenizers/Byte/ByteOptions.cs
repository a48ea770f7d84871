using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Byte;

/// <summary>Options of <c>byte</c>.</summary>
public sealed class ByteOptions
{
    /// <summary>
    /// Sentinels: the indexed masks that stand for hidden stretches. The vocabulary has 259 ids and these; ENBED's 384 leave room for 125.
    /// </summary>
    [Range(0, 4096), Description("Sentinels, the indexed masks that stand for hidden stretches; the vocabulary has 259 ids and these. "
        + "ENBED's 384 ids hold 125, enough for 15 % of 16,384 bases in stretches of 20.")]
    public int Sentinels { get; set; } = 125;

    /// <summary>What sequences are made of; null for nucleotides.</summary>
    [Description("Characters of the sequences where they are no nucleotides, such as 01 for alleles; case counts. Ids stay those of the "
        + "bytes, so a model of any alphabet has the same shape. Data sources must be given the same alphabet.")]
    public string? Alphabet { get; set; }
}
