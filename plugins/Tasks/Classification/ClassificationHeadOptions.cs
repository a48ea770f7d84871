using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Classification;

/// <summary>Options of <c>classification-head</c>.</summary>
public sealed class ClassificationHeadOptions
{
    /// <summary>Number of classes.</summary>
    [Range(1, 100_000), Description("Number of classes.")]
    public int Classes { get; set; } = 2;

    /// <summary>What stands for the sequence.</summary>
    [Description("What stands for the sequence: 'cls' or 'mean'.")]
    public Pooling Pooling { get; set; } = Pooling.Cls;

    /// <summary>Leaves special tokens out of <see cref="Pooling.Mean"/>.</summary>
    [Description("With 'pooling: mean', leave [CLS] and [SEP] out of the mean.")]
    public bool SkipSpecialTokens { get; set; }

    /// <summary>Share of the pooled vector dropped in training.</summary>
    [Range(0, 0.99), Description("Dropout before the linear layer.")]
    public double Dropout { get; set; } = 0.1;
}
