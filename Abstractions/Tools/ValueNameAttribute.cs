namespace PluginHost;

/// <summary>What the help calls the value of an option: <c>[ValueName("FILE")]</c> becomes <c>--output &lt;FILE&gt;</c>.</summary>
/// <remarks>Without it the help shows the option's name, or the choices where there are a few.</remarks>
/// <param name="name">For example FILE, DIR, N or KEY=VALUE.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValueNameAttribute(string name) : Attribute
{
    /// <summary>What the help calls it.</summary>
    public string Name => name;
}
