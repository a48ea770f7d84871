namespace PluginHost.Plugins.MaskedLm;

/// <summary>What a baseline believes about one hidden token before it looks at what stands there.</summary>
/// <param name="Of">A token's probability; over all tokens that can be asked for it sums to 1.</param>
/// <param name="Best">The most probable token.</param>
internal readonly record struct Belief(Func<int, double> Of, int Best);
