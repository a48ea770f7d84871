using PluginHost.Host.Foundation;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Options;
using PluginHost.Libs.Files.Piped;
using PluginHost.Torch.Loading;

namespace PluginHost.Host.Plugins;

/// <summary>Builds components from the catalog. Plugins are loaded when it is first asked for something.</summary>
/// <param name="load">Loads the plugins of the folders that are looked in anyway, and those of folders asked for.</param>
/// <param name="add">Adds the plugins of folders that are asked for later.</param>
public sealed class ComponentFactory(Func<IReadOnlyList<string>, Catalog> load, Action<IReadOnlyList<string>, Catalog> add)
    : IComponentFactory
{
    private static readonly Type[] withoutTensors = [typeof(IDataSource), typeof(IInputFormat), typeof(ITokenizer), typeof(ITool)];

    private readonly List<string> asked = [];
    private Catalog? catalog;

    /// <param name="load">Loads the plugins.</param>
    public ComponentFactory(Func<Catalog> load) : this(
        folders =>
        {
            var catalog = load();
            if (folders.Count > 0) PluginLoader.Add(folders, catalog);
            return catalog;
        },
        (folders, catalog) => PluginLoader.Add(folders, catalog))
    { }

    /// <summary>What is on offer.</summary>
    public Catalog Catalog
    {
        get { lock (asked) return catalog ??= load(asked); }
    }

    /// <summary>See <see cref="IsLocked"/>.</summary>
    public Func<bool>? Locked { get; init; }

    /// <inheritdoc/>
    public bool IsLocked => Locked?.Invoke() ?? false;

    /// <summary>Looks for plugins in further folders: those that a pipeline names.</summary>
    /// <param name="folders">Full paths. They go before those that are looked in anyway.</param>
    /// <exception cref="UsageException">One of them does not exist.</exception>
    public void LookIn(IEnumerable<string> folders)
    {
        lock (asked)
        {
            var fresh = folders.Except(asked).ToList();
            asked.AddRange(fresh);
            if (catalog is not null && fresh.Count > 0) add(fresh, catalog);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ComponentInfo> Components =>
        [.. Catalog.Offers.Select(o => o.Info).OrderBy(i => ((List<Type>)[.. ComponentKinds.All]).IndexOf(i.Kind))
            .ThenBy(i => i.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyList<ComponentInfo> Offered => [.. Catalog.Offers.Select(o => o.Info)];

    /// <inheritdoc/>
    public IReadOnlyList<PluginInfo> Plugins => Catalog.Plugins;

    /// <inheritdoc/>
    public T Build<T>(ComponentSpec spec, BuildContext context) where T : class
    {
        var offer = OfferSearch.Find(Catalog, typeof(T), spec.Use, spec.Origin);
        var options = OptionsBinder.Bind(offer.Info.Options, SpecNodes.Options(spec));
        // Before any code that makes tensors: what reads data makes none, and most tools neither.
        if (!withoutTensors.Contains(typeof(T))) Libtorch.Load();
        try
        {
            var built = (T?)offer.Create(options, context)
                ?? throw new PluginException($"{Who(offer)} returned nothing when asked to build '{offer.Info.Name}'.");
            Origins.Note(built, offer.Info);
            return built;
        }
        catch (Exception e) when (e is not (HostException or OutOfMemoryException) && !IsAskedToStop(e)
            && Causes.Root(e) is not LibtorchException)
        {
            throw Causes.Root(e) as HostException
                ?? new PluginException(
                    $"{Who(offer)} failed while building the {ComponentKinds.Name(offer.Info.Kind)} '{offer.Info.Name}'"
                    + $"{Blame.Lines(e)}: {Causes.Of(e)}", e);
        }
    }

    /// <summary>Whether it is the user's wish, rather than the plugin's own cancellation.</summary>
    private static bool IsAskedToStop(Exception failure) =>
        failure is OperationCanceledException && Interruptions.Token.IsCancellationRequested;

    private static string Who(Offer offer) => $"Plugin {offer.Info.Plugin.Name} ({offer.Info.Plugin.Path})";
}
