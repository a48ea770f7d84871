using System.Text.RegularExpressions;

namespace PluginHost.Host.Plugins;

/// <summary>Everything the plugins offer by name.</summary>
public sealed partial class Catalog
{
    private readonly List<Offer> offers = [];
    private readonly List<PluginInfo> plugins = [];
    private readonly List<Offer> withdrawn = [];

    /// <summary>All offers, in the order they were made.</summary>
    public IReadOnlyList<Offer> Offers => offers;

    /// <summary>The plugins found, loaded or refused.</summary>
    public IReadOnlyList<PluginInfo> Plugins => plugins;

    /// <summary>What refused plugins had offered before they failed.</summary>
    public IReadOnlyList<Offer> Withdrawn => withdrawn;

    /// <summary>Lets one plugin register: either everything it offers is taken or, when it fails, nothing.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="register">Its registration.</param>
    /// <exception cref="Exception">Whatever <paramref name="register"/> threw.</exception>
    public void Register(PluginInfo plugin, Action<ICatalog> register)
    {
        var page = new Page(plugin);
        try
        {
            register(page);
            page.Close();
        }
        catch
        {
            withdrawn.AddRange(page.Offers);
            throw;
        }
        offers.AddRange(page.Offers);
        plugins.Add(plugin);
    }

    /// <summary>Notes a plugin that is not in use; <see cref="PluginInfo.Failure"/> says why.</summary>
    public void Refuse(PluginInfo plugin) => plugins.Add(plugin);

    /// <summary>One plugin's entries.</summary>
    private sealed partial class Page(PluginInfo plugin) : ICatalog
    {
        private bool closed;

        public List<Offer> Offers { get; } = [];

        public void Close() => closed = true;

        public void Add<TComponent, TOptions>(string name, Func<TOptions, BuildContext, TComponent> create, string summary)
            where TComponent : class
            where TOptions : class, new()
        {
            ArgumentNullException.ThrowIfNull(create);
            var kind = typeof(TComponent);
            if (closed) throw new PluginException($"'{name}' was added after Register returned; add every component inside it.");
            if (!ComponentKinds.IsKind(kind))
                throw new PluginException($"'{name}' was added as {kind.Name}, which is no kind of component; the kinds are: "
                    + $"{string.Join(", ", ComponentKinds.All.Select(k => k.Name))}.");
            if (!(kind == typeof(ITool) ? ToolName() : Name()).IsMatch(name ?? ""))
                throw new PluginException(kind == typeof(ITool)
                    ? $"The tool name '{name}' must be one word, or a noun and a verb, in lower case, such as 'compare' or "
                        + "'motifs extract'."
                    : $"The name '{name}' must be lower-case words joined by hyphens, such as 'my-tokenizer'.");
            if (Offers.Exists(o => o.Info.Kind == kind && o.Info.Name == name))
                throw new PluginException($"The {ComponentKinds.Name(kind)} '{name}' was added twice.");
            Offers.Add(new Offer(new ComponentInfo(kind, name!, summary ?? "", typeof(TOptions), plugin), (options, context) =>
                create((TOptions)options, context)));
        }

        public void MakeDefault<TComponent>(string name) where TComponent : class
        {
            var at = Offers.FindIndex(o => o.Info.Kind == typeof(TComponent) && o.Info.Name == name);
            if (closed || at < 0)
                throw new PluginException(
                    $"'{name}' cannot be the default {ComponentKinds.Name(typeof(TComponent))}: it was not added before, inside Register.");
            Offers[at] = Offers[at] with { Info = Offers[at].Info with { IsDefault = true } };
        }

        [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
        private static partial Regex Name();

        [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*( [a-z0-9]+(-[a-z0-9]+)*)?$", RegexOptions.CultureInvariant)]
        private static partial Regex ToolName();
    }
}
