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
}
