using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.MultiLabel;

/// <summary>Options of <c>multi-label-head</c>.</summary>
public sealed class MultiLabelHeadOptions : PooledHeadOptions
{
    /// <summary>Number of labels.</summary>
    [Range(1, 1_000_000), Description("Number of labels.")]
    public int Labels { get; set; } = 1;
}
