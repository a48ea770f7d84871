namespace PluginHost.PluginKit;

/// <summary>A component that does not keep the contract. The message says which rule, with what input.</summary>
public sealed class ConformanceException(string message) : Exception(message)
{
    internal static void Require(bool kept, string otherwise)
    {
        if (!kept) throw new ConformanceException(otherwise);
    }
}
