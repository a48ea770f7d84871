namespace PluginHost.Plugins.Interpret.Attribution;

/// <summary>What methods say of one sequence.</summary>
/// <param name="Sample">The sequence.</param>
/// <param name="Target">Place of the output that is attributed.</param>
/// <param name="Columns">By the name of the column: a value a base, NaN where none is known.</param>
/// <param name="Gap">The completeness gap of integrated gradients; NaN without them.</param>
internal sealed record Attributed(Sample Sample, int Target, IReadOnlyDictionary<string, float[]> Columns, float Gap);
