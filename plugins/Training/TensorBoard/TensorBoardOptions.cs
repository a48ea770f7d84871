using System.ComponentModel;

namespace PluginHost.Plugins.TensorBoard;

/// <summary>Options of <c>tensorboard</c>.</summary>
public sealed class TensorBoardOptions
{
    [Description("Write tokens per second too. They differ from run to run.")]
    public bool Speed { get; set; } = true;
}
