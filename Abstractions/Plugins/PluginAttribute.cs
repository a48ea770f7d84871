namespace PluginHost;

/// <summary>Names the one type of an assembly through which it registers its components.</summary>
/// <remarks>
/// The host reads this attribute and nothing else: it never scans an assembly's types.
/// <code>[assembly: Plugin(typeof(KMerPlugin))]</code>
/// </remarks>
/// <param name="entry">A public, parameterless-constructible type that implements <see cref="IPlugin"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PluginAttribute(Type entry) : Attribute
{
    /// <summary>The type the host instantiates once, after the assembly has loaded.</summary>
    public Type Entry { get; } = entry;
}
