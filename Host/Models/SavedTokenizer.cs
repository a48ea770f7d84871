using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Host.Records;

namespace PluginHost.Host.Models;

/// <summary>A tokenizer's files in a folder that is being written.</summary>
internal static class SavedTokenizer
{
    /// <summary>What Python's tokenizers read; without a limit in it they cut nothing, whatever they are asked.</summary>
    private const string ConfigName = "tokenizer_config.json", LimitField = "model_max_length";

    /// <summary>Saves it.</summary>
    /// <param name="target">The folder.</param>
    /// <param name="tokenizer">Whose.</param>
    /// <param name="maxTokens">The most tokens the model takes; null for no limit.</param>
    /// <returns>The files' names.</returns>
    public static IReadOnlyList<string> Add(SealedFolderWriter target, ITokenizer tokenizer, int? maxTokens)
    {
        var names = tokenizer.Save(target.Folder);
        if (maxTokens is { } limit && names.Contains(ConfigName)) Limit(Path.Combine(target.Folder, ConfigName), limit);
        foreach (var name in names) target.AddWritten(name);
        return names;
    }

    private static void Limit(string path, int limit)
    {
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config.TryAdd(LimitField, limit);
        File.WriteAllText(path, config.ToJsonString(Json.Line));
    }
}
