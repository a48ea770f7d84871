namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>A list whose option takes all values that follow it: <c>--metrics mcc f1</c>.</summary>
/// <remarks>Without it each value needs the option's name again, so that an argument may follow a value.</remarks>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SeveralAttribute : Attribute
{
    /// <summary>Whether commas separate values too: <c>--metrics mcc,f1</c>.</summary>
    public bool Commas { get; init; }
}
