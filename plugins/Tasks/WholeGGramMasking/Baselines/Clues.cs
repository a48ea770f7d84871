namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>What a batch shows around a scored position.</summary>
/// <param name="Label">The token asked for.</param>
/// <param name="Seen">The token that stands there, or -1 at [MASK].</param>
/// <param name="Run">Which place in how long a run of hidden tokens: see <see cref="ClueReader"/>.</param>
/// <param name="Left">The nearest token to the left that is not hidden.</param>
/// <param name="Right">The nearest to the right.</param>
internal readonly record struct Clues(int Label, int Seen, int Run, Neighbour Left, Neighbour Right);

/// <summary>A token that is not hidden.</summary>
/// <param name="Distance">Tokens away, 1 being next; 0 if there is none near.</param>
/// <param name="Token">Its id.</param>
internal readonly record struct Neighbour(int Distance, int Token);
