using PluginHost.Host.Plugins.Loading;
using PluginHost.PluginKit;

namespace PluginHost.Host.Plugins.Verification;

/// <summary>What came of verifying a plugin.</summary>
/// <param name="Plugin">Its folder.</param>
/// <param name="Failure">Why it cannot be loaded, as the rest of a sentence about it; null if it can.</param>
/// <param name="Offers">What it offers, each as kind and name.</param>
/// <param name="Rules">The verdict on each rule that was tried, in that order.</param>
public sealed record PluginVerdict(PluginFolder Plugin, string? Failure, IReadOnlyList<string> Offers, IReadOnlyList<RuleVerdict> Rules)
{
    /// <summary>Whether it loads and breaks no rule.</summary>
    public bool IsGood => Failure is null && Count(Outcome.Broken) == 0;

    /// <summary>One word for it.</summary>
    public string Word => Failure is not null ? "refused" : IsGood ? "good" : "faulty";

    /// <summary>What it offers, or why not, and how its rules came out.</summary>
    public string Summary => Failure
        ?? $"{(Offers.Count == 0 ? "nothing" : string.Join(", ", Offers))}: {Count(Outcome.Kept)} rules kept"
            + $"{Part(Outcome.Broken, "broken")}{Part(Outcome.NotTried, "not tried")}";

    private int Count(Outcome outcome) => Rules.Count(r => r.Outcome == outcome);

    private string Part(Outcome outcome, string word) => Count(outcome) is > 0 and var count ? $", {count} {word}" : "";
}
