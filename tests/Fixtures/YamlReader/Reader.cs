using YamlDotNet.Core;

namespace PluginHost.Fixtures;

/// <summary>A private dependency that has one itself.</summary>
public class Reader() : YamlException("nothing to read");
