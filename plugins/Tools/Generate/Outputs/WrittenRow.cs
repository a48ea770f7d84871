namespace PluginHost.Plugins.Generate.Outputs;

/// <summary>One sequence in the output.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Prompt">Bases of the prompt; empty for none.</param>
/// <param name="Sequence">What was written.</param>
/// <param name="Tokens">How many tokens that were.</param>
/// <param name="LogProbability">Sum over the tokens, in nats.</param>
/// <param name="End">Why it ended: stop, complete, short, limit or stuck.</param>
/// <param name="Attempt">From 1: how many were tried until one was kept.</param>
internal sealed record WrittenRow(string Id, string Prompt, string Sequence, int Tokens, double LogProbability, string End, int Attempt);
