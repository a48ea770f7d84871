using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>The assemblies that plugins take from the host: the contract, the tensor library and the framework.</summary>
internal static class SharedAssemblies
{
    // The keys the .NET base class library is signed with.
    private static readonly HashSet<string> frameworkKeys =
        ["b03f5f7f11d50a3a", "b77a5c561934e089", "7cec85d7bea7798e", "cc7b13ffcd2ddd51", "31bf3856ad364e35"];

    private static readonly Assembly[] gated =
        [typeof(PluginAttribute).Assembly, typeof(Torch.Extras).Assembly, typeof(TorchSharp.torch).Assembly];

    /// <summary>The contract's assembly name.</summary>
    public static AssemblyName Contract => Gated[0];

    /// <summary>TorchSharp's assembly name.</summary>
    public static AssemblyName TorchSharp => Gated[^1];

    /// <summary>The contract and the tensor library that it exposes: the assemblies whose versions a plugin must agree with.</summary>
    public static IReadOnlyList<AssemblyName> Gated { get; } = [.. gated.Select(a => a.GetName())];

    /// <summary>Whether the host shares an assembly of this name.</summary>
    public static bool IsShared(AssemblyName name) => IsGated(name) || IsFramework(name);

    /// <summary>The host's assembly, or null where it shares none of that name.</summary>
    /// <exception cref="FileNotFoundException">The framework's is older than asked for: a newer one has to lie in the folder.</exception>
    public static Assembly? Find(AssemblyName name)
    {
        // The one in use whatever version is asked for: two of these in one process could not exchange a thing.
        if (IsGated(name)) return gated.Single(a => a.GetName().Name == name.Name);
        return IsFramework(name) ? AssemblyLoadContext.Default.LoadFromAssemblyName(name) : null;
    }

    private static bool IsGated(AssemblyName name) => Gated.Any(g => g.Name == name.Name);

    private static bool IsFramework(AssemblyName name)
    {
        if (name.Name is "netstandard" or "mscorlib" or "System.Private.CoreLib") return true;
        var key = name.GetPublicKeyToken();
        return key is { Length: > 0 } && frameworkKeys.Contains(Convert.ToHexStringLower(key))
            && File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name.Name + ".dll"));
    }
}
