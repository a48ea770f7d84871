namespace PluginHost.Torch.Loading;

/// <summary>The tensor library cannot be had on this machine: the message says what is wrong and what to do.</summary>
public sealed class LibtorchException(string message, Exception? inner = null) : Exception(message, inner);
