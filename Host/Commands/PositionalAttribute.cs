namespace PluginHost.Host.Commands;

/// <summary>Marks the property of an options class that a command takes without an option's name: <c>host data check train.csv test.csv</c>.</summary>
/// <param name="name">What the help calls it.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PositionalAttribute(string name) : Attribute
{
    /// <summary>What the help calls it.</summary>
    public string Name => name;
}
