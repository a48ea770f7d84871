namespace PluginHost.Host.Plugins.Store;

/// <summary>One file of a plugin.</summary>
/// <param name="Path">In the plugin's folder, parts separated by <c>/</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its sum, lower-case hexadecimal.</param>
public sealed record PluginFile(string Path, long Bytes, string Sha256);

/// <summary>One component that a plugin offers, as far as it can be told without loading it.</summary>
/// <param name="Kind">As <c>host plugins list</c> names it: "tokenizer".</param>
/// <param name="Name">What pipelines call it.</param>
/// <param name="Summary">One sentence; may be empty.</param>
public sealed record ProvidedComponent(string Kind, string Name, string? Summary = null);
