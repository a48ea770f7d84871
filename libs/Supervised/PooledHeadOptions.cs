using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Libs.Supervised;

/// <summary>Options of every head over a vector per sequence.</summary>
public abstract class PooledHeadOptions
{
    /// <summary>What stands for the sequence.</summary>
    [Description("What stands for the sequence: 'cls', 'mean', 'max', 'parts' or 'max-parts'.")]
    public Pooling Pooling { get; set; } = Pooling.Cls;

    /// <summary>Parts of <see cref="Pooling.Parts"/>.</summary>
    [Range(2, 4096), Description("With 'pooling: parts' and 'max-parts', how many.")]
    public int Parts { get; set; } = 10;

    /// <summary>Leaves special tokens out of whatever is pooled of tokens.</summary>
    [Description("Leave [CLS] and [SEP] out of what is pooled; 'pooling: cls' reads nothing else.")]
    public bool SkipSpecialTokens { get; set; }

    /// <summary>Share of the pooled vector dropped in training.</summary>
    [Range(0, 0.99), Description("Dropout before the linear layer.")]
    public double Dropout { get; set; } = 0.1;

    /// <summary>Numbers beside the sequence's vector.</summary>
    [Range(0, 1_000_000), Description("Numbers that stand beside the sequence's vector: the objective's features.")]
    public int Features { get; set; }

    /// <summary>Units of a hidden layer over the features; 0 for none.</summary>
    [Range(0, 65_536), Description("Units of a layer (linear, ReLU) that the features pass first; 0 for none.")]
    public int FeatureWidth { get; set; }
}
