using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>A folder of plugin folders that a test may spoil; deleted afterwards.</summary>
public sealed class FixtureFolder : IDisposable
{
    private static readonly string built = System.IO.Path.Combine(Repository.Root, "artifacts", "fixtures");

    public string Path { get; } = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    /// <summary>Copies a built fixture in.</summary>
    /// <returns>Its DLL.</returns>
    public string Add(string name, string? fromFixture = null)
    {
        var source = System.IO.Path.Combine(built, fromFixture ?? name);
        Assert.True(Directory.Exists(source), $"{source} is missing: build tests/Host.Tests, which builds the fixtures.");
        var target = Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)), overwrite: true);
        return System.IO.Path.Combine(target, name + ".dll");
    }

    /// <summary>Loads everything in the folder.</summary>
    public Catalog Load()
    {
        var catalog = new Catalog();
        PluginLoader.Load(PluginFolders.Find([Path]), catalog);
        return catalog;
    }

    /// <summary>A factory over everything in the folder.</summary>
    public ComponentFactory Factory() => new(Load);

    /// <summary>Changes, in a DLL's metadata, the version of an assembly it references.</summary>
    public static void Rereference(string dll, string assembly, ushort major, ushort minor)
    {
        var bytes = File.ReadAllBytes(dll);
        using (var pe = new PEReader(new MemoryStream(bytes)))
        {
            var metadata = pe.GetMetadataReader();
            var handle = metadata.AssemblyReferences.Single(h => metadata.GetString(metadata.GetAssemblyReference(h).Name) == assembly);
            // A row of AssemblyRef begins with the four parts of the version (ECMA-335, II.22.5).
            var row = pe.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
                + (MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
            BitConverter.GetBytes(major).CopyTo(bytes, row);
            BitConverter.GetBytes(minor).CopyTo(bytes, row + 2);
        }
        File.WriteAllBytes(dll, bytes);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
