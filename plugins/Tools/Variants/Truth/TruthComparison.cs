namespace PluginHost.Plugins.Variants.Truth;

/// <summary>Scores and baselines against what was measured.</summary>
/// <param name="Table">Every figure with its interval.</param>
/// <param name="Figure">The name of the first figure.</param>
/// <param name="First">Its value by score.</param>
internal sealed record TruthComparison(ResultTable Table, string Figure, IReadOnlyList<(string Name, double Value)> First);
