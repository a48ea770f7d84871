namespace PluginHost.Host.Plugins.Store.Packages;

/// <summary>One file of a package.</summary>
/// <param name="Path">In the package, parts separated by <c>/</c>.</param>
/// <param name="Bytes">How long it says that it is.</param>
/// <param name="Open">Reads it.</param>
public sealed record PackageEntry(string Path, long Bytes, Func<Stream> Open);

/// <summary>A plugin as it is handed on: a zip archive, a NuGet package or a folder, looked at and not yet unpacked.</summary>
/// <param name="source">Full path.</param>
/// <param name="entries">Its files; every name stays in the folder they are unpacked into.</param>
/// <param name="archive">What is to be closed; null for a folder.</param>
public sealed class PluginPackage(string source, IReadOnlyList<PackageEntry> entries, IDisposable? archive) : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Source => source;

    /// <summary>Its files.</summary>
    public IReadOnlyList<PackageEntry> Entries => entries;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => archive is null;

    /// <summary>Whether it is a NuGet package.</summary>
    public bool IsNuGet => !IsFolder
        && entries.Any(e => !e.Path.Contains('/') && e.Path.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase));

    /// <summary>A refusal that names it.</summary>
    /// <param name="rest">The rest of a sentence about it, without its full stop.</param>
    /// <param name="inner">The cause.</param>
    public static PluginException Refused(string source, string rest, Exception? inner = null) =>
        new($"{Libs.Files.DataFile.Show(source)} {rest}. Nothing was installed.", inner);

    /// <inheritdoc/>
    public void Dispose() => archive?.Dispose();
}
