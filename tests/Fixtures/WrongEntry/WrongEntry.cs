using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(WrongEntry))]

namespace PluginHost.Fixtures;

/// <summary>Named as an entry, but no plugin.</summary>
public sealed class WrongEntry;
