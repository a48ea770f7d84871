using PluginHost.Libs.Motifs;

namespace PluginHost.Plugins.Interpret.Motifs;

/// <summary>A sequence that should have the motifs.</summary>
/// <param name="Sample">With its place, where that is known.</param>
/// <param name="Scored">Its regions.</param>
internal sealed record Positive(Sample Sample, ScoredSequence Scored);
