using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Pipelines;

/// <summary>Checks the options of a component, and of the components nested in them, without building anything.</summary>
internal static class SpecCheck
{
    /// <summary>The bound options.</summary>
    /// <exception cref="UsageException">There is no such component.</exception>
    /// <exception cref="PluginException">There is none because its plugin was refused.</exception>
    public static object Options(Catalog catalog, Type kind, ComponentSpec spec, Problems problems)
    {
        var offer = OfferSearch.Find(catalog, kind, spec.Use, spec.Origin);
        var options = OptionsBinder.Bind(offer.Info.Options, SpecNodes.Options(spec), problems);
        foreach (var nested in NestedSpecs.In(options))
            if (KindOf(catalog, nested) is { } nestedKind) Options(catalog, nestedKind, nested, problems);
        return options;
    }

    /// <summary>The kind a nested component must be of: its name decides. Null when several kinds have one of that name.</summary>
    /// <exception cref="UsageException">No kind has one of that name.</exception>
    public static Type? KindOf(Catalog catalog, ComponentSpec spec)
    {
        var name = spec.Use[(spec.Use.IndexOf('/') + 1)..];
        var kinds = catalog.Offers.Where(o => o.Info.Name == name).Select(o => o.Info.Kind).Distinct().ToList();
        if (kinds.Count > 0) return kinds.Count == 1 ? kinds[0] : null;
        var all = catalog.Offers.Where(o => o.Info.Kind != typeof(ITool)).Select(o => o.Info.Name).ToList();
        throw new UsageException(
            $"{spec.Origin}: there is no component '{spec.Use}'{Nearest.Hint(name, all)}; 'host plugins list' shows what there is.");
    }
}
