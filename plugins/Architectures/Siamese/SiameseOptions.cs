using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Siamese;

/// <summary>What stands for one of the two sequences.</summary>
public enum Vector
{
    /// <summary>The mean over its tokens that stand for bases.</summary>
    Mean,

    /// <summary>The inner architecture's vector of a sequence.</summary>
    Pooled,
}

/// <summary>A part of what stands for the pair.</summary>
public enum Part
{
    /// <summary>The vector of the first sequence.</summary>
    First,

    /// <summary>That of the second.</summary>
    Second,

    /// <summary>The second's less the first's.</summary>
    Difference,
}

/// <summary>Options of <c>siamese</c>.</summary>
public sealed class SiameseOptions
{
    /// <summary>The architecture that reads each sequence.</summary>
    [Required, Description("The architecture that reads each sequence, with its options: { use: bert-encoder, layers: 12 }.")]
    public ComponentSpec? Inner { get; set; }

    /// <summary>What stands for a sequence.</summary>
    [Description("What stands for a sequence: 'mean' over its tokens, or 'pooled', the inner architecture's own vector ([CLS]).")]
    public Vector Vector { get; set; } = Vector.Mean;

    /// <summary>What stands for the pair.</summary>
    [MinLength(1)]
    [Description("What stands for the pair, one behind the other: 'first', 'second', 'difference' (second - first); all three unless set.")]
    public Part[] Parts { get; set; } = [Part.First, Part.Second, Part.Difference];

    /// <summary>Takes the parts back to the inner width by a dense layer and ReLU.</summary>
    [Description("A dense layer and ReLU that take the parts back to the inner width, so that the same run can pretrain on single "
        + "sequences first.")]
    public bool Project { get; set; }
}
