using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace PluginHost.Host.Plugins;

/// <summary>
/// Finds the methods of plugins that end the process. Nobody else can tell: by the time the process hears of its end, the runtime has left
/// the stack that asked for it.
/// </summary>
internal static class ExitCalls
{
    private const byte Call = 0x28;
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>The methods of loaded plugins, and of the libraries they bring, that call <c>Environment.Exit</c>.</summary>
    public static IReadOnlyList<(PluginInfo Plugin, string Method)> Find() =>
    [
        .. from code in Origins.Code
           from token in Tokens(code.Plugin, code.Assembly)
           from method in Callers(code.Assembly, token)
           select (code.Plugin, PluginFrames.Name(method.DeclaringType!, method)),
    ];

    /// <summary>What an assembly's code calls <c>Environment.Exit</c> by; none for most, nor where its file is another by
    /// now.</summary>
    private static List<int> Tokens(PluginInfo plugin, Assembly assembly)
    {
        var file = Path.Combine(Path.GetDirectoryName(plugin.Path)!, assembly.GetName().Name + ".dll");
        if (!File.Exists(file)) return [];
        using var pe = new PEReader(File.OpenRead(file));
        if (!pe.HasMetadata) return [];
        var metadata = pe.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid) != assembly.ManifestModule.ModuleVersionId ? []
            : [.. metadata.MemberReferences.Where(m => IsExit(metadata, metadata.GetMemberReference(m))).Select(m => metadata.GetToken(m))];
    }

    private static bool IsExit(MetadataReader metadata, MemberReference member) =>
        member.Parent.Kind == HandleKind.TypeReference && metadata.StringComparer.Equals(member.Name, "Exit")
        && metadata.GetTypeReference((TypeReferenceHandle)member.Parent) is var type
        && metadata.StringComparer.Equals(type.Name, nameof(Environment)) && metadata.StringComparer.Equals(type.Namespace, "System");

    private static IEnumerable<MethodBase> Callers(Assembly assembly, int token)
    {
        var call = new byte[5];
        call[0] = Call;
        BinaryPrimitives.WriteInt32LittleEndian(call.AsSpan(1), token);
        return assembly.GetTypes().SelectMany(t => t.GetMethods(Own).Concat<MethodBase>(t.GetConstructors(Own)))
            .Where(m => m.GetMethodBody()?.GetILAsByteArray() is { } body && body.AsSpan().IndexOf(call) >= 0);
    }
}
