using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Regression;

/// <summary>Options of <c>regression-head</c>.</summary>
public sealed class RegressionHeadOptions : PooledHeadOptions
{
    /// <summary>Number of targets.</summary>
    [Range(1, 1_000_000), Description("Number of targets.")]
    public int Outputs { get; set; } = 1;
}
