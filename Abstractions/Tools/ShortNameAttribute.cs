namespace PluginHost;

/// <summary>A short spelling of an option on the command line: <c>[ShortName("-o")]</c>.</summary>
/// <param name="name">A dash and a letter. The host itself has <c>-h</c>, <c>-q</c> and <c>-v</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShortNameAttribute(string name) : Attribute
{
    /// <summary>With its dash.</summary>
    public string Name => name;
}
