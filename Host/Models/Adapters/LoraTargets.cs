using System.Text.RegularExpressions;
using PluginHost.Host.Pipelines.Settings;
using TorchSharp.Modules;

namespace PluginHost.Host.Models.Adapters;

/// <summary>Finds the layers that adapters are asked for.</summary>
public static class LoraTargets
{
    private const int NamesShown = 12;

    /// <summary>The linear layers of a backbone with their published names, in the state's order.</summary>
    public static IReadOnlyList<(string Name, Linear Layer)> Linears(Backbone backbone)
    {
        const string ending = ".weight";
        var names = backbone.state_dict().Where(s => s.Key.EndsWith(ending, StringComparison.Ordinal))
            .ToDictionary(s => s.Value.Handle, s => s.Key[..^ending.Length]);
        var prefix = backbone.StatePrefix.Length == 0 ? "" : backbone.StatePrefix + ".";
        return [.. backbone.named_modules().Select(m => m.module).OfType<Linear>().DistinctBy(l => l.weight!.Handle)
            .Where(l => names.ContainsKey(l.weight!.Handle)).Select(l => (prefix + names[l.weight!.Handle], l))];
    }

    /// <summary>The layers that a stage's targets name.</summary>
    /// <exception cref="UsageException">A target names none.</exception>
    public static IReadOnlyList<(string Name, Linear Layer)> Find(Backbone backbone, LoraOptions options)
    {
        var layers = Linears(backbone);
        if (layers.Count == 0)
            throw new UsageException(
                "train.lora: this architecture has no linear layers that an adapter could be put on. Use tune: full, head or gradual.");
        foreach (var target in options.Targets)
            if (!layers.Any(l => Matches(target, l.Name)))
                throw new UsageException($"train.lora.targets: no linear layer of the backbone is named '{target}'; there are: "
                    + $"{Names(layers)}{Nearest.Hint(target, LastParts(layers))}.");
        return [.. layers.Where(l => options.Targets.Any(target => Matches(target, l.Name)))];
    }

    /// <summary>Whether a target names a layer: the whole name, its last parts, or everything.</summary>
    public static bool Matches(string target, string name) => target == LoraOptions.AllLinear
        || Regex.IsMatch(name, $@"(^|\.){Regex.Escape(target).Replace(@"\*", ".*", StringComparison.Ordinal)}$",
            RegexOptions.CultureInvariant);

    private static string Names(IReadOnlyList<(string Name, Linear Layer)> layers)
    {
        var parts = LastParts(layers);
        return string.Join(", ", parts.Take(NamesShown)) + (parts.Count > NamesShown ? ", ..." : "")
            + $" (in full such as {layers[0].Name})";
    }

    private static List<string> LastParts(IReadOnlyList<(string Name, Linear Layer)> layers) =>
        [.. layers.Select(l => l.Name.Split('.')[^1]).Distinct()];
}
