namespace PluginHost;

/// <summary>A command line that works as it stands: the help of a tool begins with those of its options class.</summary>
/// <param name="commandLine">For example <c>host data check train.csv test.csv</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ExampleAttribute(string commandLine) : Attribute
{
    /// <summary>The command line.</summary>
    public string CommandLine => commandLine;
}
