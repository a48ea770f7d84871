using System.Reflection.Metadata;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>Holds plugins to the host's TorchSharp.</summary>
/// <remarks>Tensors pass neither between two copies of it nor between it and the types that were there before it.</remarks>
internal static class TensorLibraryGate
{
    private const string FormerHome = "PluginHost.Torch";

    /// <summary>Why a plugin's tensors would not be the host's, as the rest of a sentence about it; null if they are.</summary>
    /// <param name="file">The plugin's DLL.</param>
    /// <param name="metadata">What stands in it.</param>
    public static string? Refuse(string file, MetadataReader metadata)
    {
        var (name, version) = (SharedAssemblies.TorchSharp.Name!, SharedAssemblies.TorchSharp.Version!.ToString(3));
        if (metadata.TypeReferences.Any(t => IsFormer(metadata.GetTypeReference(t), metadata)))
            return $"it was built against the tensor types that {FormerHome} had before; rebuild against {name} {version}";
        if (File.Exists(Path.Combine(Path.GetDirectoryName(file)!, name + ".dll")))
            return $"its folder holds a {name}.dll, but it must come from the host: reference {name} with ExcludeAssets=\"runtime;native\"";
        return null;
    }

    private static bool IsFormer(TypeReference type, MetadataReader metadata)
    {
        if (type.ResolutionScope.Kind != HandleKind.AssemblyReference) return false;
        var home = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
        // PluginHost.Torch once defined the types itself, under TorchSharp's own names.
        return metadata.StringComparer.Equals(home.Name, FormerHome)
            && metadata.GetString(type.Namespace).Split('.')[0] == SharedAssemblies.TorchSharp.Name;
    }
}
