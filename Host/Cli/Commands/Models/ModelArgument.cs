using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>The <c>MODEL</c> of a command line.</summary>
internal static class ModelArgument
{
    /// <summary>Tells a mistyped path at once.</summary>
    /// <exception cref="UsageException">It is no folder.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path)) return;
        var name = FileKinds.Of(path) == FileKind.Regular && new FileInfo(path).Length > 0 ? ForeignFormat.Name(path) : null;
        throw new UsageException(
            $"{path} is {name ?? "not a folder"}; name a model folder, or a run folder that holds one. MODEL comes before DATA.");
    }
}
