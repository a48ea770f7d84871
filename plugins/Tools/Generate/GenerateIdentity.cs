using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Plugins.Generate.Decoding;

namespace PluginHost.Plugins.Generate;

/// <summary>What is written depends on: work that goes on must have the same.</summary>
internal static class GenerateIdentity
{
    /// <summary>Model, prompts and whatever of the options changes what is written, each as a text.</summary>
    public static IReadOnlyDictionary<string, string> Of(GenerateOptions options, BuildContext build, IReadOnlyList<string> prompts)
    {
        var model = ModelFolder(build.ResolvePath(options.Model));
        var decoder = ChosenDecoder.Spec(options);
        return new Dictionary<string, string>
        {
            ["model"] = Hash(Directory.EnumerateFiles(model).Order(StringComparer.Ordinal)), ["prompts"] = Hash(prompts),
            ["prompt"] = string.Join(' ', options.Prompt), ["data"] = string.Join(' ', options.Data),
            ["field"] = string.Join(' ', options.Field), ["count"] = $"{options.Count}", ["length"] = $"{options.Length}",
            ["exact"] = $"{options.Exact}", ["max-tokens"] = $"{options.MaxTokens}", ["stop"] = options.Stop ?? "",
            ["begin"] = options.Begin, ["alphabet"] = options.Alphabet ?? "", ["forbid"] = string.Join(' ', options.Forbid),
            ["seed"] = $"{options.Seed}", ["passes"] = $"{options.Passes}", ["model-format"] = $"{options.ModelFormat}",
            ["decoder"] = decoder.Use,
            ["option of the decoder"] = string.Join(' ', decoder.With.OrderBy(o => o.Key, StringComparer.Ordinal)
                .Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Key}={o.Value}"))),
        };
    }

    /// <summary>The folder of the model's files: of a run, not the run's own.</summary>
    public static string ModelFolder(string folder) =>
        Path.Combine(folder, "model") is var inside && Directory.Exists(inside) ? inside : folder;

    private static string Hash(IEnumerable<string> files) =>
        string.Join(' ', files.Select(DataFingerprint.Of).Select(known => known.Sha256 ?? $"{known.Bytes} {known.Modified}"));
}
