using System.Runtime.CompilerServices;

namespace PluginHost.PluginKit;

/// <summary>A host in miniature: plugins register with it, and it builds their components by name.</summary>
/// <example><code>
/// var bench = new Workbench(new KMerPlugin());
/// var tokenizer = bench.UseTokenizer("kmer", new { k = 3 });
/// </code></example>
public sealed class Workbench : BuildContext, ICatalog
{
    private readonly List<Offer> offers = [];
    private ITokenizer? tokenizer;
    private Backbone? backbone;
    private string prefix = "";

    // Tests have no host that loads libtorch: from now on it is found when TorchSharp first asks for it.
    static Workbench() => RuntimeHelpers.RunModuleConstructor(typeof(Torch.Autocast).Module.ModuleHandle);

    /// <param name="plugins">The plugins under test.</param>
    public Workbench(params IEnumerable<IPlugin> plugins)
    {
        foreach (var plugin in plugins) plugin.Register(this);
    }

    /// <summary>A bench with components that are registered already.</summary>
    public static Workbench Of(IEnumerable<Offer> offers)
    {
        var bench = new Workbench();
        bench.offers.AddRange(offers);
        return bench;
    }

    /// <summary>Everything registered.</summary>
    public IReadOnlyList<Offer> Offers => offers;

    /// <summary>Makes and validates an options class from names and values; null for the kit's own way.</summary>
    public Func<Type, IReadOnlyDictionary<string, object?>, object>? Binder { get; set; }

    /// <summary>Who builds what the plugins under test do not offer; null for nobody.</summary>
    public IElsewhere? Elsewhere { get; set; }

    /// <summary>The folder that <see cref="ResolvePath"/> starts from; null for the working directory.</summary>
    public string? Folder { get; set; }

    /// <summary>What was registered under a name.</summary>
    /// <typeparam name="T">The component kind.</typeparam>
    /// <exception cref="UsageException">Nothing was.</exception>
    public Offer Offer<T>(string name) where T : class => offers.SingleOrDefault(o => o.Kind == typeof(T) && o.Name == name)
        ?? throw new UsageException(
            $"No {typeof(T).Name} is called '{name}'; there are: {string.Join(", ", offers.Select(o => o.Name))}.");

    /// <summary>The folder that <see cref="SavedFile"/> looks in; null when nothing is being loaded.</summary>
    public string? ModelFolder { get; set; }

    /// <inheritdoc/>
    public override ITokenizer Tokenizer => tokenizer ?? throw new UsageException("No tokenizer is in use; call UseTokenizer first.");

    /// <inheritdoc/>
    public override Backbone Backbone => backbone ?? throw new UsageException("No backbone is in use; call UseBackbone first.");

    /// <summary>Whether a tokenizer is in use.</summary>
    public bool HasTokenizer => tokenizer is not null;

    /// <summary>Makes a tokenizer the pipeline's; null for none.</summary>
    public void Use(ITokenizer? one) => tokenizer = one;

    /// <summary>Makes a backbone the pipeline's; null for none.</summary>
    public void Use(Backbone? one) => backbone = one;

    /// <summary>Builds a tokenizer and makes it the pipeline's.</summary>
    public ITokenizer UseTokenizer(string name, object? options = null) => tokenizer = Build<ITokenizer>(name, options);

    /// <summary>Builds a backbone and makes it the pipeline's.</summary>
    public Backbone UseBackbone(string name, object? options = null) => backbone = Build<Backbone>(name, options);

    /// <summary>Builds a backbone and makes it the pipeline's.</summary>
    public Backbone UseBackbone(ComponentSpec spec) => backbone = Build<Backbone>(spec);

    /// <summary>Builds a component.</summary>
    /// <param name="name">As registered.</param>
    /// <param name="options">An object whose properties are option names and values, anonymous or not; null for the defaults.</param>
    public T Build<T>(string name, object? options = null) where T : class =>
        Build<T>(new ComponentSpec(name, options?.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(options)) ?? []));

    /// <inheritdoc/>
    public override T Build<T>(ComponentSpec spec, string savedPrefix)
    {
        var before = prefix;
        prefix += savedPrefix;
        try
        {
            return Build<T>(spec);
        }
        finally
        {
            prefix = before;
        }
    }

    /// <inheritdoc/>
    public override T Build<T>(ComponentSpec spec)
    {
        if (offers.SingleOrDefault(o => o.Kind == typeof(T) && o.Name == spec.Use) is { } offer) return (T)Build(offer, spec.With);
        return Elsewhere?.Build<T>(spec, this) ?? (T)Build(Offer<T>(spec.Use), spec.With);
    }

    /// <summary>Builds a component that is on offer.</summary>
    /// <param name="offer">One of <see cref="Offers"/>.</param>
    /// <param name="options">Names and values, as in <see cref="ComponentSpec.With"/>.</param>
    /// <exception cref="UsageException">An option is unknown or breaks a limit.</exception>
    public object Build(Offer offer, IReadOnlyDictionary<string, object?> options) =>
        offer.Create((Binder ?? OptionBinder.Bind)(offer.Options, options), this);

    /// <inheritdoc/>
    public override string ResolvePath(string path) => Path.GetFullPath(path, Folder ?? Directory.GetCurrentDirectory());

    /// <inheritdoc/>
    public override string? SavedFile(string name) =>
        ModelFolder is not null && File.Exists(Path.Combine(ModelFolder, prefix + name)) ? Path.Combine(ModelFolder, prefix + name) : null;

    void ICatalog.Add<TComponent, TOptions>(string name, Func<TOptions, BuildContext, TComponent> create, string summary) =>
        offers.Add(new(typeof(TComponent), name, typeof(TOptions), summary, (options, context) => create((TOptions)options, context)));
}
