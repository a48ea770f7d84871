using PluginHost.Checkpoints;
using PluginHost.Host.Models.Checkpoints.Containers;

namespace PluginHost.Host.Models.Checkpoints.Import;

/// <summary>What can be seen to be wrong with a published folder before its weights are looked at.</summary>
internal static class PublishedFolder
{
    /// <summary>Files that stand beside weights and are small, so that a failed download of one is seen late.</summary>
    private static readonly string[] beside =
        ["config.json", "vocab.txt", "tokenizer.json", "BPE.tokenizer.json", "ngram.json", "tokenizer_config.json"];

    /// <summary>Endings of tensors that quantised layers have in place of a weight (GPTQ, AWQ, bitsandbytes).</summary>
    private static readonly string[] quantised = [".qweight", ".qzeros", ".g_idx", ".SCB", ".absmax", ".quant_map", ".weight_format"];

    /// <summary>Refuses pointers and error pages in place of files.</summary>
    /// <param name="folder">Full path.</param>
    /// <exception cref="DataException">Names the file.</exception>
    public static void CheckFiles(string folder)
    {
        foreach (var name in beside)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path)) continue;
            var first = new byte[16];
            using var stream = File.OpenRead(path);
            var length = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            if (ForeignWeights.Name(path, first.AsSpan(0, length)) is { } what)
                throw new DataException($"'{path}' is not what its name says. {what}");
        }
    }

    /// <summary>Refuses a folder that says itself that it is of another layout, and quantised weights.</summary>
    /// <param name="content">What was published.</param>
    /// <param name="folder">Full path.</param>
    /// <param name="layout">As asked for.</param>
    /// <param name="layouts">Those there are.</param>
    /// <exception cref="DataException">Says which.</exception>
    public static void CheckKind(CheckpointContent content, string folder, string layout, IEnumerable<string> layouts)
    {
        if (content.Tensors.Keys.FirstOrDefault(n => Array.Exists(quantised, q => n.EndsWith(q, StringComparison.Ordinal))) is { } tensor)
            throw new DataException($"The weights in '{folder}' are quantised ('{tensor}'), which is not read: load them in Python, "
                + "dequantize() and save_pretrained() them, or fetch those in float.");
        if (content.FindFile("config.json") is null) return;
        if (content.Config.TryGetProperty("quantization_config", out _))
            throw new DataException(
                $"The weights in '{folder}' are quantised (config.json has 'quantization_config'), which is not read: load "
                + "them in Python, dequantize() and save_pretrained() them, or fetch those in float.");
        if (ModelType(content) is { } type && type != layout && layouts.Contains(type))
            throw new DataException($"'{folder}' is a model of type '{type}', as its config.json says, not '{layout}': --as {type}.");
    }

    /// <summary>A sentence on what the folder says it is, to go with a failure; empty where it says what BERTs say, or nothing.</summary>
    public static string Hint(CheckpointContent content) =>
        content.FindFile("config.json") is not null && ModelType(content) is { } type and not "bert"
            ? $" Its config.json says that it is a model of type '{type}'." : "";

    private static string? ModelType(CheckpointContent content) =>
        content.Config.TryGetProperty("model_type", out var type) && type.ValueKind == System.Text.Json.JsonValueKind.String
            ? type.GetString() : null;
}
