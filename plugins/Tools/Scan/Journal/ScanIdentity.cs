using System.Globalization;
using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Scan.Journal;

/// <summary>What the numbers of a scan depend on: a scan that goes on must have the same.</summary>
internal static class ScanIdentity
{
    /// <summary>Model, genomes and whatever of the options changes what a window says or where it lies, each as a text.</summary>
    public static IReadOnlyDictionary<string, string> Of(
        ScanOptions options, BuildContext build, IReadOnlyList<string> inputs, int window, int stride, ToolContext context)
    {
        var model = ModelFolder(build.ResolvePath(options.Model));
        var truth = options.Truth is { } path ? build.ResolvePath(path) : null;
        return new Dictionary<string, string>
        {
            ["model"] = Hash([.. Directory.EnumerateFiles(model).Order(StringComparer.Ordinal)], context),
            ["input"] = Hash([.. inputs.Where(i => truth is null || Path.GetFullPath(truth) != i)], context),
            ["region"] = string.Join(' ', options.Region), ["field"] = string.Join(' ', options.Field),
            ["window"] = $"{window}", ["stride"] = $"{stride}", ["class"] = options.Class ?? "",
            ["max-n"] = options.MaxN.ToString("R", CultureInfo.InvariantCulture), ["both-strands"] = $"{options.BothStrands}",
        };
    }

    /// <summary>The folder of the model's files: of a run, not the run's own.</summary>
    public static string ModelFolder(string folder) =>
        Path.Combine(folder, "model") is var inside && Directory.Exists(inside) ? inside : folder;

    private static string Hash(IReadOnlyList<string> files, ToolContext context)
    {
        var hashes = new List<string>();
        foreach (var file in files)
        {
            var known = DataFingerprint.Of(file);
            hashes.Add(known.Sha256 ?? $"{known.Bytes} {known.Modified}");
            context.Progress("files told apart", hashes.Count, files.Count);
        }
        return string.Join(' ', hashes);
    }
}
