using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Metrics;

/// <summary>How figures of single classes become one.</summary>
internal enum Average
{
    /// <summary>The plain mean over the classes that occur.</summary>
    Macro,

    /// <summary>The figure of the positive class of two.</summary>
    Binary,

    /// <summary>The mean weighted by the items of each class.</summary>
    Weighted,

    /// <summary>Over all items at once; for one class an item that is the accuracy.</summary>
    Micro,
}

/// <summary>Options of precision, recall and F1.</summary>
internal sealed class AverageOptions
{
    [Description(
        "How the classes' figures become one: macro (plain mean over classes that occur), binary (the positive class), weighted, micro.")]
    public Average Average { get; set; } = Average.Macro;

    [Description("Index of the positive class. Only for average: binary.")]
    [Range(0, 1)]
    public int Positive { get; set; } = 1;
}
