namespace PluginHost.Benchmarks;

/// <summary>A side cannot be measured here; the message names what is missing.</summary>
internal sealed class PeerMissingException(string message) : Exception(message);
