using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NativeLibrary = McMaster.NETCore.Plugins.LibraryModel.NativeLibrary;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>What a plugin brings along: the files its deps.json names, and those that lie in its folder.</summary>
internal sealed class PluginFiles(string file, PluginContent content)
{
    private readonly AssemblyDependencyResolver resolver = Listed(file);
    private readonly string folder = Path.GetDirectoryName(file)!;

    /// <summary>The plugin's name, which its assembly bears.</summary>
    public string Name { get; } = Path.GetFileNameWithoutExtension(file);

    private IEnumerable<string> NativeFolders => NativeFoldersOf(folder);

    /// <summary>Whether a plugin needs to bring an assembly and does not.</summary>
    public bool Lacks(AssemblyName name) =>
        // Satellite assemblies are optional: the neutral resources serve.
        string.IsNullOrEmpty(name.CultureName) && !SharedAssemblies.IsShared(name)
        && resolver.ResolveAssemblyToPath(name) is null && !content.Has(name.Name + ".dll");

    /// <summary>Where in its folder a plugin brought an assembly, or null; it may be gone from there.</summary>
    public string? Find(AssemblyName name)
    {
        var listed = resolver.ResolveAssemblyToPath(name) is { } path ? Path.GetRelativePath(folder, path) : null;
        var beside = (string.IsNullOrEmpty(name.CultureName) ? "" : name.CultureName + "/") + name.Name + ".dll";
        return listed is not null && content.Has(listed) ? listed : content.Has(beside) ? beside : null;
    }

    /// <summary>The bytes of an assembly that was found, and those of its symbols.</summary>
    public (byte[] Image, byte[]? Symbols)? Take(string path)
    {
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (content.Image(path) is not { } image) return null;
        var taken = (image, content.Image(symbols));
        content.Release(path);
        content.Release(symbols);
        return taken;
    }

    /// <summary>The native libraries in the folder.</summary>
    /// <remarks>Of itself McMaster finds those that deps.json names, but a folder may be put together by hand.</remarks>
    public IEnumerable<NativeLibrary> Natives() =>
        from library in NativeFolders.SelectMany(f => Directory.EnumerateFiles(f, "*.so*"))
        group Path.GetRelativePath(folder, library) by Path.GetFileNameWithoutExtension(library) into same
        select NativeLibrary.CreateFromPackage(Name, "0", same.First());

    /// <summary>Full paths of the native libraries in a plugin's folder.</summary>
    public static IEnumerable<string> NativesIn(string folder) =>
        NativeFoldersOf(folder).SelectMany(f => Directory.EnumerateFiles(f, "*.so*")).Order(StringComparer.Ordinal);

    /// <summary>A native library called by its whole file name, or null. McMaster knows no versions behind <c>.so</c>.</summary>
    public string? FindNative(string name) => NativeFolders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> NativeFoldersOf(string folder) =>
        new[] { RuntimeInformation.RuntimeIdentifier, "linux-x64" }.Distinct()
            .Select(runtime => Path.Combine(folder, "runtimes", runtime, "native")).Prepend(folder).Where(Directory.Exists);

    /// <exception cref="PluginException">There is a list of dependencies, but not a readable one.</exception>
    private static AssemblyDependencyResolver Listed(string file)
    {
        try
        {
            return new(file);
        }
        catch (InvalidOperationException e)
        {
            var list = Path.GetFileNameWithoutExtension(file) + ".deps.json";
            throw new PluginException($"its {list} cannot be read: build the plugin anew, or delete that file", e);
        }
    }
}
