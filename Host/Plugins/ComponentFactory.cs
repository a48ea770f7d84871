using PluginHost.Host.Foundation;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins.Options;
using PluginHost.Libs.Files.Piped;
using PluginHost.Torch.Loading;

namespace PluginHost.Host.Plugins;

/// <summary>Builds components from the catalog. Plugins are loaded when it is first asked for something.</summary>
public sealed class ComponentFactory(Func<Catalog> load) : IComponentFactory
{
    private static readonly Type[] withoutTensors = [typeof(IDataSource), typeof(IInputFormat), typeof(ITokenizer), typeof(ITool)];

    private readonly Lazy<Catalog> catalog = new(load);

    /// <summary>What is on offer.</summary>
    public Catalog Catalog => catalog.Value;

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
