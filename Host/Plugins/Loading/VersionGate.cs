using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>Reads what a DLL is and which contract it was built against, before any of its code runs.</summary>
internal static class VersionGate
{
    /// <summary>Why a DLL cannot be a plugin of this host, as the rest of a sentence about it; null if it can.</summary>
    /// <param name="file">Where it lies.</param>
    /// <param name="image">What it holds.</param>
    public static string? Refuse(string file, byte[] image)
    {
        try
        {
            using var pe = new PEReader(new MemoryStream(image));
            if (!pe.HasMetadata) return "it is not a .NET assembly";
            var metadata = pe.GetMetadataReader();
            if (!metadata.IsAssembly) return "it is a .NET module, not an assembly";
            var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                .ToDictionary(r => metadata.GetString(r.Name), r => r.Version);
            if (!references.ContainsKey(SharedAssemblies.Contract.Name!))
                return $"it does not reference {SharedAssemblies.Contract.Name}, so it is not a plugin";
            return TensorLibraryGate.Refuse(file, metadata) ?? Refuse(references)
                ?? Refuse(Path.GetFileNameWithoutExtension(file), metadata.GetString(metadata.GetAssemblyDefinition().Name));
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            return "it is not a .NET assembly";
        }
    }

    private static string? Refuse(Dictionary<string, Version> references)
    {
        foreach (var gated in SharedAssemblies.Gated)
            if (references.TryGetValue(gated.Name!, out var wanted) && !Fits(wanted, gated.Version!))
                return $"it was built against {gated.Name} {wanted.ToString(3)}, but this host has {gated.Version!.ToString(3)}; "
                    + (wanted.Major == gated.Version.Major ? "update the host or rebuild the plugin"
                        : "get a build of the plugin for this host");
        return null;
    }

    private static string? Refuse(string file, string assembly) =>
        file == assembly ? null : $"its assembly is named {assembly}, but must be named as its folder and file";

    /// <summary>Semantic versioning: the same major, and no newer minor than there is.</summary>
    private static bool Fits(Version wanted, Version present) => wanted.Major == present.Major && wanted.Minor <= present.Minor;
}
