using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Plugins;

/// <summary>Builds components by name from everything the loaded plugins offer.</summary>
public interface IComponentFactory
{
    /// <summary>Binds the options strictly, validates them and builds the component.</summary>
    /// <exception cref="UsageException">
    /// Unknown name or option, wrong type or out of range: names the place and what is allowed.
    /// </exception>
    /// <exception cref="PluginException">The plugin threw.</exception>
    T Build<T>(ComponentSpec spec, BuildContext context) where T : class;

    /// <summary>All components, ordered by kind and name.</summary>
    IReadOnlyList<ComponentInfo> Components { get; }

    /// <summary>All components, in the order plugins added them: that of lists nobody has ordered.</summary>
    IReadOnlyList<ComponentInfo> Offered { get; }

    /// <summary>What loading the plugin folders gave: loaded and refused, with the reason in one sentence.</summary>
    IReadOnlyList<PluginInfo> Plugins { get; }

    /// <summary>Whether models and runs are refused whose record names other plugins, or other files of them: <c>--locked</c>.</summary>
    bool IsLocked => false;
}

/// <summary>One component on offer.</summary>
/// <param name="Kind">The component's interface.</param>
/// <param name="Name">What pipelines call it.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Options">Its options class.</param>
/// <param name="Plugin">The plugin it comes from.</param>
public sealed record ComponentInfo(Type Kind, string Name, string Summary, Type Options, PluginInfo Plugin)
{
    /// <summary>Whether its plugin calls it what the kind means where a pipeline names none.</summary>
    public bool IsDefault { get; init; }
}

/// <summary>One plugin folder.</summary>
/// <param name="Name">Assembly name.</param>
/// <param name="Path">Full path of the DLL.</param>
/// <param name="Version">Informational version; empty if it did not load.</param>
/// <param name="Sha256">Of the DLL.</param>
/// <param name="Failure">Why it is not in use, or null when it is.</param>
public sealed record PluginInfo(string Name, string Path, string Version, string Sha256, string? Failure)
{
    /// <summary>Of all files of its folder, its private dependencies among them: see <see cref="PluginContent.Sum"/>.</summary>
    public string FolderSha256 { get; init; } = "";

    /// <summary>Whether it is in use and, where it is not, whether that is a fault.</summary>
    public PluginState State { get => Failure is null ? PluginState.Loaded : field; init; } = PluginState.Refused;

    /// <summary>What it says that it offers; empty where that is known from loading it, or not at all.</summary>
    public IReadOnlyList<ProvidedComponent> Provides { get; init; } = [];
}

/// <summary>What became of a plugin that was found.</summary>
public enum PluginState
{
    /// <summary>It is in use.</summary>
    Loaded,

    /// <summary>It cannot be used.</summary>
    Refused,

    /// <summary>The user switched it off.</summary>
    Disabled,

    /// <summary>Another of the same name is in use, from a folder that goes before its own.</summary>
    Hidden,
}
