namespace PluginHost.Host.Plugins;

/// <summary>Finds the offer a pipeline means, or says why there is none.</summary>
public static class OfferSearch
{
    /// <summary>The one offer of a kind under a name.</summary>
    /// <param name="catalog">Where to look.</param>
    /// <param name="kind">The component's interface.</param>
    /// <param name="use">A name, or <c>assembly/name</c>.</param>
    /// <param name="origin">Where it was asked for, for messages.</param>
    /// <exception cref="UsageException">There is none, or more than one.</exception>
    /// <exception cref="PluginException">There is none because its plugin was refused.</exception>
    public static Offer Find(Catalog catalog, Type kind, string use, string origin)
    {
        var (assembly, name) = Parse(use);
        var matches = catalog.Offers.Where(o => o.Info.Kind == kind && Matches(o, assembly, name)).ToList();
        if (matches.Count == 1) return matches[0];
        var where = origin.Length == 0 ? "" : $"{origin}: ";
        if (matches.Count > 1) throw new UsageException(where + Ambiguous(kind, use, name, matches));
        if (RefusedPlugin(catalog, kind, assembly, name) is { } refused)
            throw new PluginException($"{where}'{use}' is not available because {refused.Failure} ({refused.Path})");
        throw new UsageException(where + Unknown(catalog, kind, use, assembly, name));
    }

    /// <summary>The component of a kind that stands where a pipeline names none: the one its plugin calls the default.</summary>
    /// <exception cref="UsageException">There is none, or more than one.</exception>
    public static ComponentSpec Default(Catalog catalog, Type kind, string origin)
    {
        var name = ComponentKinds.Name(kind);
        return catalog.Offers.Where(o => o.Info.Kind == kind && o.Info.IsDefault).ToList() switch
        {
            [var only] => new ComponentSpec(only.Info.Name) { Origin = origin },
            [] => throw new UsageException(
                $"{origin}: no {name} is named, and no plugin offers a default one; are the plugins built, or is --plugins missing?"),
            var several => throw new UsageException(
                $"{origin}: no {name} is named, and {string.Join(" and ", several.Select(o => $"{o.File} calls '{o.Info.Name}'"))} "
                + "the default; name one."),
        };
    }

    private static (string? Assembly, string Name) Parse(string use)
    {
        var slash = use.IndexOf('/');
        return slash < 0 ? (null, use) : (use[..slash], use[(slash + 1)..]);
    }

    private static bool Matches(Offer offer, string? assembly, string name) =>
        offer.Info.Name == name && (assembly is null || string.Equals(offer.Assembly, assembly, StringComparison.OrdinalIgnoreCase));

    private static string Ambiguous(Type kind, string use, string name, List<Offer> matches)
    {
        var files = string.Join(" and ", matches.Select(o => o.File));
        var qualified = matches.Select(o => $"{o.Assembly}/{name}").Distinct().ToList();
        var remedy = qualified.Count == matches.Count
            ? $"say which with {string.Join(" or ", qualified.Select(q => $"'use: {q}'"))}"
            : "both assemblies have the same name, so remove one of them";
        return $"the {ComponentKinds.Name(kind)} '{use}' is offered by {files}; {remedy}.";
    }

    private static PluginInfo? RefusedPlugin(Catalog catalog, Type kind, string? assembly, string name)
    {
        var refused = catalog.Plugins.Where(p => p.State is PluginState.Refused or PluginState.Disabled).OrderBy(p => p.State).ToList();
        if (assembly is not null) return refused.Find(p => Nearest.Plain(p.Name) == Nearest.Plain(assembly));
        var offered = catalog.Withdrawn.FirstOrDefault(o => o.Info.Kind == kind && o.Info.Name == name);
        return refused.Find(p => offered is not null && p.Path == offered.File)
            ?? refused.Find(p => p.Provides.Any(c => c.Kind == ComponentKinds.Name(kind) && c.Name == name))
            ?? refused.Find(p => Nearest.Plain(p.Name) == Nearest.Plain(name))
            ?? refused.Find(p => Nearest.To(name, [p.Name]).Count > 0);
    }

    private static string Unknown(Catalog catalog, Type kind, string use, string? assembly, string name)
    {
        var what = ComponentKinds.Name(kind) == "data" ? "data source" : ComponentKinds.Name(kind);
        var ofKind = catalog.Offers.Where(o => o.Info.Kind == kind).ToList();
        if (assembly is not null && !catalog.Offers.Any(o => string.Equals(o.Assembly, assembly, StringComparison.OrdinalIgnoreCase)))
            return $"no assembly named '{assembly}' offers components{Nearest.Hint(assembly, catalog.Offers.Select(o => o.Assembly))}; "
                + "'host plugins list' shows what there is.";
        var other = catalog.Offers.FirstOrDefault(o => Matches(o, assembly, name));
        if (other is not null)
            return $"'{use}' is {ComponentKinds.WithArticle(other.Info.Kind)}, but {ComponentKinds.WithArticle(kind)} is needed "
                + $"here{List(ofKind)}.";
        var missing = ofKind.Count == 0 ? $"; there is none at all: are the plugins built, or is --plugins missing?"
            : $"{List(ofKind)}{Nearest.Hint(name, ofKind.Select(o => o.Info.Name))}.";
        var refused = catalog.Plugins.Where(p => p.State == PluginState.Refused).Select(p => p.Name).ToList();
        return $"there is no {what} '{use}'{missing}"
            + (refused.Count == 0 ? "" : $" Plugins that were refused: {string.Join(", ", refused)}; see 'host plugins list'.");
    }

    private static string List(List<Offer> offers) =>
        offers.Count == 0 ? ""
            : $"; there are: {string.Join(", ", offers.Select(o => o.Info.Name).Distinct().Order(StringComparer.Ordinal))}";
}
