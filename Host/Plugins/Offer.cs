namespace PluginHost.Host.Plugins;

/// <summary>One line of the catalog: a component and how to build it.</summary>
/// <param name="Info">What it is.</param>
/// <param name="Create">Builds it from bound options.</param>
public sealed record Offer(ComponentInfo Info, Func<object, BuildContext, object?> Create)
{
    /// <summary>The assembly it comes from, as <c>use: assembly/name</c> names it.</summary>
    public string Assembly => Info.Plugin.Name;

    /// <summary>The file it comes from.</summary>
    public string File => Info.Plugin.Path;
}
