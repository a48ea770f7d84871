namespace PluginHost.Plugins.GGram;

/// <summary>An occurrence of a G-gram.</summary>
/// <param name="Id">The G-gram.</param>
/// <param name="Start">Its first token.</param>
/// <param name="Length">How many tokens.</param>
internal readonly record struct GGramMatch(int Id, int Start, int Length);
