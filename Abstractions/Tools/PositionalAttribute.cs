namespace PluginHost;

/// <summary>
/// Marks a property of a tool's options that the command takes without an option's name: <c>host data check train.csv test.csv</c>.
/// </summary>
/// <remarks>Arguments stand in the order of the properties. Only the last may be a list; it takes all that is left.</remarks>
/// <param name="name">What the help calls it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PositionalAttribute(string name) : Attribute
{
    /// <summary>What the help calls it.</summary>
    public string Name => name;
}
