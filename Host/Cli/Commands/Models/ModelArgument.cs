using PluginHost.Libs.Files.Formats;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>The <c>MODEL</c> of a command line.</summary>
internal static class ModelArgument
{
    /// <summary>Tells a mistyped path at once.</summary>
    /// <exception cref="UsageException">It is no folder.</exception>
    public static void Check(string path)
    {
        if (File.Exists(path) && ForeignFormat.Explain(path, "a model folder") is { } other) throw new UsageException(other.Message);
        if (!Directory.Exists(path))
            throw new UsageException($"{path} is not a folder; name a model folder, or a run folder that holds one.");
    }
}
