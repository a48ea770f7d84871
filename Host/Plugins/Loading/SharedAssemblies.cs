using System.Reflection;
using System.Runtime.InteropServices;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>The assemblies that plugins take from the host: the contract, the tensor library and the framework.</summary>
internal static class SharedAssemblies
{
    // The keys the .NET base class library is signed with.
    private static readonly HashSet<string> frameworkKeys =
        ["b03f5f7f11d50a3a", "b77a5c561934e089", "7cec85d7bea7798e", "cc7b13ffcd2ddd51", "31bf3856ad364e35"];

    private static readonly Assembly contract = typeof(PluginAttribute).Assembly;

    /// <summary>The contract's assembly name.</summary>
    public static AssemblyName Contract { get; } = contract.GetName();

    /// <summary>The contract and the tensor library that it exposes: the assemblies whose versions a plugin must agree with.</summary>
    public static IReadOnlyList<AssemblyName> Gated { get; } = [Contract, typeof(Torch.Extras).Assembly.GetName(), typeof(TorchSharp.torch).Assembly.GetName()];

    /// <summary>Whether a plugin gets this assembly from the host, whatever lies in its folder.</summary>
    public static bool IsShared(AssemblyName name) =>
        name.Name is "PluginHost.Abstractions" or "PluginHost.Torch" or "TorchSharp" || IsFramework(name);

    private static bool IsFramework(AssemblyName name)
    {
        if (name.Name is "netstandard" or "mscorlib" or "System.Private.CoreLib") return true;
        var key = name.GetPublicKeyToken();
        return key is { Length: > 0 } && frameworkKeys.Contains(Convert.ToHexStringLower(key))
            && File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name.Name + ".dll"));
    }
}
