namespace PluginHost.Host.Plugins.Probing;

/// <summary>What came of loading a plugin in a process of its own.</summary>
/// <param name="Failure">Why it cannot be used, as the rest of a sentence about it; null if it can.</param>
/// <param name="Offers">What it registered, each as kind and name: <c>tokenizer codon</c>.</param>
public sealed record Verdict(string? Failure, IReadOnlyList<string> Offers)
{
    /// <summary>Whether it loaded and registered.</summary>
    public bool IsGood => Failure is null;

    /// <summary>Whether the process did not survive it: such a plugin must not be loaded into another.</summary>
    public bool IsDeadly { get; init; }
}
