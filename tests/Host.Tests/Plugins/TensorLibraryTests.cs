using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using PluginHost.Host.Foundation;
using PluginHost.Host.Tests.Commands;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>A plugin's tensors are the host's: refused are a TorchSharp of its own, and the types that were there before it.</summary>
public sealed class TensorLibraryTests : IDisposable
{
    private const string Private =
        "its folder holds a TorchSharp.dll, but it must come from the host: reference TorchSharp with ExcludeAssets=\"runtime;native\"";

    private const string Former =
        "it was built against the tensor types that PluginHost.Torch had before; rebuild against TorchSharp 0.107.0";

    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_plugin_with_a_TorchSharp_of_its_own_is_refused_before_any_code_runs()
    {
        AddPrivate();
        Assert.Equal($"plugin ThrowsInRegister was refused: {Private}.", folder.Load().Plugins.Single().Failure);
    }

    [Theory]
    [InlineData("TorchSharp", "Tensor")]
    [InlineData("TorchSharp.Modules", "Linear")]
    public void A_plugin_built_against_the_former_tensor_types_is_refused(string space, string type)
    {
        AddReferring("Former", space, type);
        Assert.Equal($"plugin Former was refused: {Former}.", folder.Load().Plugins.Single().Failure);
    }

    [Fact]
    public void What_PluginHost_Torch_has_now_may_be_used()
    {
        AddReferring("Current", "PluginHost.Torch", "Extras");
        Assert.Contains("it names no entry", folder.Load().Plugins.Single().Failure);
    }

    [Fact]
    public void Verifying_them_says_so_and_ends_with_4()
    {
        AddPrivate();
        AddReferring("Former", "TorchSharp", "Tensor");
        var (code, output, _) = HostProcess.Run("plugins", "verify", folder.Path);
        Assert.Equal(4, code);
        Assert.Contains(Private, output);
        Assert.Contains(Former, output);
    }

    private void AddPrivate()
    {
        // Its code would throw something else if it ran.
        var dll = folder.Add("ThrowsInRegister");
        File.Copy(typeof(TorchSharp.torch).Assembly.Location, Path.Combine(Path.GetDirectoryName(dll)!, "TorchSharp.dll"));
    }

    /// <summary>Adds an assembly that refers to the contract and to one type of PluginHost.Torch, and holds nothing.</summary>
    private void AddReferring(string name, string space, string type)
    {
        var metadata = new MetadataBuilder();
        metadata.AddAssembly(metadata.GetOrAddString(name), new(1, 0, 0, 0), default, default, 0, AssemblyHashAlgorithm.None);
        metadata.AddModule(0, metadata.GetOrAddString(name + ".dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        var (fields, methods) = (MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddTypeDefinition(0, default, metadata.GetOrAddString("<Module>"), default, fields, methods);
        Refer("PluginHost.Abstractions");
        metadata.AddTypeReference(Refer("PluginHost.Torch"), metadata.GetOrAddString(space), metadata.GetOrAddString(type));
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new(metadata), new BlobBuilder()).Serialize(image);
        var plugin = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        File.WriteAllBytes(Path.Combine(plugin, name + ".dll"), image.ToArray());

        AssemblyReferenceHandle Refer(string assembly) =>
            metadata.AddAssemblyReference(metadata.GetOrAddString(assembly), typeof(IPlugin).Assembly.GetName().Version!, default, default,
                default, default);
    }
}
