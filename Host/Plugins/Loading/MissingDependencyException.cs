using System.Reflection;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>A plugin needs an assembly that neither its folder has nor the host shares.</summary>
internal sealed class MissingDependencyException(AssemblyName name)
    : FileNotFoundException($"it needs {name.Name} {name.Version}, which is not in its folder");
