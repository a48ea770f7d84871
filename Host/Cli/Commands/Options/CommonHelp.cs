namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>Help texts of options that several commands have.</summary>
internal static class CommonHelp
{
    /// <summary>Of <c>--pipeline FILE</c>.</summary>
    public const string Pipeline = "The pipeline file (docs/pipelines.md).";

    /// <summary>Of <c>--set PATH=VALUE</c>.</summary>
    public const string Set = "Overrides a key of the pipeline, for example --set stages.pretrain.train.steps=100; may be repeated.";

    /// <summary>Of <c>--device</c>.</summary>
    public const string Device = "auto (the first GPU if there is one), cpu, or cuda:N.";

    /// <summary>How the help writes a device.</summary>
    public const string DeviceName = "auto|cpu|cuda:N";

    /// <summary>Of <c>MODEL</c>.</summary>
    public const string Model = "A model folder, or a run folder that holds one.";
}
