namespace PluginHost.PluginKit.Rules;

/// <summary>A rule that cannot be tried, through no fault of the component.</summary>
internal sealed class NotTriedException(string message) : Exception(message);
