using PluginHost.Host.Plugins;

namespace PluginHost.Host.Pipelines;

/// <summary>The plugin that a part of a model comes from.</summary>
/// <param name="Kind">What the part is: "tokenizer".</param>
/// <param name="Name">The component, as a pipeline names it.</param>
/// <param name="Plugin">Assembly name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">Of the DLL, lower-case hexadecimal.</param>
/// <param name="FolderSha256">Of all files of its folder; null in records of before it was noted.</param>
public sealed record PartPlugin(string Kind, string Name, string Plugin, string Version, string Sha256, string? FolderSha256 = null)
{
    /// <summary>The plugin as records name it.</summary>
    internal RecordedPlugin Recorded => new(Plugin, Version, Sha256, FolderSha256);
}

/// <summary>
/// Notes which plugin each part of a model comes from, and holds to it when the model is loaded: a component of another plugin under the
/// same name is another component.
/// </summary>
public static class PartPlugins
{
    /// <summary>The plugins of a model's parts, those of components inside them too.</summary>
    public static IReadOnlyList<PartPlugin> Of(ModelCard card, IComponentFactory components) =>
        [.. Parts(card).SelectMany(part => SpecTree.Flatten(part.Spec).SelectMany(spec =>
                Offers(components, spec.Use).Where(o => spec != part.Spec || o.Kind == part.Kind)))
            .Select(o => new PartPlugin(ComponentKinds.Name(o.Kind), o.Name, o.Plugin.Name, o.Plugin.Version, o.Plugin.Sha256,
                o.Plugin.FolderSha256 is { Length: > 0 } sum ? sum : null)).Distinct()];

    /// <summary>The card with its parts' plugins named where others offer components of the same name.</summary>
    /// <param name="card">A model folder's.</param>
    /// <param name="folder">For messages.</param>
    /// <param name="components">What there is.</param>
    /// <param name="warn">Is told of plugins that changed since; null for nobody.</param>
    /// <exception cref="PluginException">A plugin is missing or, with <c>--locked</c>, another than the model was made with.</exception>
    public static ModelCard Pin(ModelCard card, string folder, IComponentFactory components, Action<string>? warn)
    {
        if (card.Parts is not { Count: > 0 } parts)
            return !components.IsLocked ? card : throw new PluginException($"--locked: the model in '{folder}' does not say which plugins "
                + "it was made with: an earlier version wrote it. Leave --locked out.");
        var pinned = new Dictionary<string, string>();
        var now = new Dictionary<PartPlugin, PluginInfo>();
        foreach (var part in parts)
        {
            var offers = Offers(components, part.Name).Where(o => ComponentKinds.Name(o.Kind) == part.Kind).ToList();
            var own = offers.Find(o => IsOf(o.Plugin, part)) ?? throw Missing(part, folder, offers, components);
            now[part] = own.Plugin;
            if (offers.Count > 1) pinned[part.Name] = $"{own.Plugin.Name}/{part.Name}";
        }
        if (components.IsLocked)
            PluginLock.Hold($"the model in '{folder}'", [.. now.Keys.Select(p => p.Recorded).Distinct()], components.Plugins);
        foreach (var sentence in Changes(now)) warn?.Invoke(sentence);
        if (pinned.Count == 0) return card;
        ComponentSpec Named(ComponentSpec spec) =>
            SpecTree.Map(spec, use => pinned.GetValueOrDefault(use, use));
        return card with
        {
            Tokenizer = Named(card.Tokenizer),
            Architecture = Named(card.Architecture),
            Objective = Named(card.Objective),
            Heads = card.Heads.ToDictionary(h => h.Key, h => Named(h.Value)),
        };
    }

    /// <summary>What differs, in sentences: other versions, and other builds of the same.</summary>
    private static IEnumerable<string> Changes(Dictionary<PartPlugin, PluginInfo> now)
    {
        var changed = now.Where(p => PluginLock.Differs(p.Key.Recorded, p.Value)).DistinctBy(p => p.Key.Plugin).ToList();
        var versions = changed.Where(p => p.Key.Version != p.Value.Version).ToList();
        if (versions.Count > 0)
            yield return "The model was made with other versions of plugins, so its figures may differ here: "
                + $"{string.Join(", ", versions.Select(p => $"{p.Key.Plugin} {p.Key.Version} ({p.Value.Version} here)"))}.";
        var builds = changed.Except(versions).ToList();
        if (builds.Count > 0)
            yield return "The model was made with other builds of "
                + $"{string.Join(", ", builds.Select(p => $"{p.Key.Plugin} {p.Key.Version}"))}"
                + ": the version is the same, the files (SHA-256) are not.";
    }

    private static PluginException Missing(PartPlugin part, string folder, List<ComponentInfo> others, IComponentFactory components)
    {
        var refused = components.Plugins.FirstOrDefault(p => p.Failure is not null && IsOf(p, part));
        return new($"The model in '{folder}' has the {part.Kind} '{part.Name}' of the plugin {part.Plugin} {part.Version}, which is "
            + (refused is not null ? $"not in use because {refused.Failure} ({refused.Path})"
            : "not here" + (others.Count == 0 ? "" : $"; that of {string.Join(", ", others.Select(o => o.Plugin.Name))} has the same name "
                + "and is another") + ". Put it back, or name the folder it is in with --plugins."));
    }

    private static bool IsOf(PluginInfo plugin, PartPlugin part) =>
        string.Equals(plugin.Name, part.Plugin, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<ComponentInfo> Offers(IComponentFactory components, string use)
    {
        var slash = use.IndexOf('/');
        return components.Components.Where(o => o.Name == use[(slash + 1)..]
            && (slash < 0 || string.Equals(o.Plugin.Name, use[..slash], StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<(Type Kind, ComponentSpec Spec)> Parts(ModelCard card) =>
        [(typeof(ITokenizer), card.Tokenizer), (typeof(Backbone), card.Architecture), (typeof(IObjective), card.Objective),
            .. card.Heads.Values.Select(h => (typeof(Head), h))];
}
