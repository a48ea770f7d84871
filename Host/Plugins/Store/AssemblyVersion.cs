using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PluginHost.Host.Plugins.Store;

/// <summary>Reads the version of an assembly without loading it.</summary>
internal static class AssemblyVersion
{
    /// <summary>The informational version without build metadata, else the assembly's own; 0.0.0 where neither is a version.</summary>
    /// <param name="image">A .NET assembly.</param>
    public static string Of(byte[] image)
    {
        using var pe = new PEReader(new MemoryStream(image));
        var metadata = pe.GetMetadataReader();
        var assembly = metadata.GetAssemblyDefinition();
        foreach (var handle in assembly.GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (type.Kind != HandleKind.TypeReference || !metadata.StringComparer.Equals(
                metadata.GetTypeReference((TypeReferenceHandle)type).Name, "AssemblyInformationalVersionAttribute")) continue;
            var value = metadata.GetBlobReader(attribute.Value);
            // A prolog, then the constructor's one argument (ECMA-335, II.23.3).
            if (value.ReadUInt16() == 1 && value.ReadSerializedString()?.Split('+')[0] is { } text
                && PluginVersions.Parse(text) is not null) return text;
        }
        return assembly.Version.ToString(3);
    }
}
