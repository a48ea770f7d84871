namespace PluginHost.Libs.Motifs;

/// <summary>A sequence with the stretches of it that stood out.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Bases">Upper case.</param>
/// <param name="Regions">0-based, half-open; see <see cref="Motifs.Regions"/>.</param>
public sealed record ScoredSequence(string Id, string Bases, IReadOnlyList<(int Start, int End)> Regions);
