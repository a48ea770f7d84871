using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Classification;

/// <summary>Options of <c>classification-head</c>.</summary>
public sealed class ClassificationHeadOptions : PooledHeadOptions
{
    /// <summary>Number of classes.</summary>
    [Range(1, 100_000), Description("Number of classes.")]
    public int Classes { get; set; } = 2;
}
