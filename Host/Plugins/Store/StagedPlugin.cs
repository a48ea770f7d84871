using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Store.Packages;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store;

/// <summary>A package unpacked into a hidden folder beside its place, and held against its manifest; gone unless it is put there.</summary>
internal sealed class StagedPlugin : IDisposable
{
    private readonly string hidden;

    private StagedPlugin(string hidden, string name, PluginManifest manifest, PluginContent content) =>
        (this.hidden, Name, Manifest, Content) = (hidden, name, manifest, content);

    /// <summary>The plugin's name.</summary>
    public string Name { get; }

    /// <summary>The folder, named as the plugin.</summary>
    public string Folder => Path.Combine(hidden, Name);

    /// <summary>What it says of itself, its files listed.</summary>
    public PluginManifest Manifest { get; }

    /// <summary>What it holds.</summary>
    public PluginContent Content { get; }

    /// <summary>Unpacks a package.</summary>
    /// <param name="package">It.</param>
    /// <param name="store">The folder of plugins.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PluginException">It is not what it says, or not for this host.</exception>
    /// <exception cref="DataException">It is damaged.</exception>
    public static StagedPlugin Unpack(PluginPackage package, string store, PackageLimits limits, CancellationToken cancellation)
    {
        var layout = PackageLayout.Of(package);
        var hidden = Disk.Guard(store, () => FolderSwap.Begin(store, layout.Name));
        try
        {
            var folder = Path.Combine(hidden, layout.Name);
            Disk.Guard(store, () => Write(package, layout, folder, limits, cancellation));
            var content = PluginContent.Read(folder);
            var manifest = Described(package, layout, folder, content);
            return new(hidden, layout.Name, manifest, content);
        }
        catch
        {
            Delete(hidden);
            throw;
        }
    }

    /// <summary>Adds a file that is none of the plugin's own, durably.</summary>
    public void Add(string name, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(Path.Combine(Folder, name), FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => Delete(hidden);

    private static void Write(
        PluginPackage package, PackageLayout layout, string folder, PackageLimits limits, CancellationToken cancellation)
    {
        var left = limits.Bytes;
        foreach (var (path, entry) in layout.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var stream = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            left -= Copy(package, entry, stream, Math.Min(left, entry.Bytes));
            stream.Flush(flushToDisk: true);
        }
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) Disk.SyncFolder(inner);
        Disk.SyncFolder(folder);
    }

    private static long Copy(PluginPackage package, PackageEntry entry, Stream to, long most)
    {
        try
        {
            using var from = entry.Open();
            return BoundedCopy.To(from, to, most) is var (bytes, _) && bytes == entry.Bytes ? bytes
                : throw PluginPackage.Refused(package.Source, $"is refused: '{entry.Path}' is not as long as it says");
        }
        catch (InvalidDataException damaged)
        {
            throw PackageReader.Damaged(package.Source, damaged);
        }
    }

    private static PluginManifest Described(PluginPackage package, PackageLayout layout, string folder, PluginContent content)
    {
        var main = layout.Name + ".dll";
        if (content.Image(main) is not { } image) throw PluginPackage.Refused(package.Source, $"holds no {main}, its main assembly");
        var written = InstalledPlugin.Manifest(folder);
        if (written is { Signature: not null, Files.Count: 0 })
            throw PluginPackage.Refused(package.Source, "is signed, but the signature covers no file");
        var reason = (written is null ? null : InstalledPlugin.Unfit(written) ?? InstalledPlugin.Changed(written, content))
            ?? VersionGate.Refuse(Path.Combine(folder, main), image);
        if (reason is not null) throw PluginPackage.Refused(package.Source, $"is refused: {reason.TrimEnd('.')}");
        if (written is { Files.Count: > 0 }) return written;
        // Not packed by 'pack': what the assembly says of itself.
        var manifest = (written ?? new PluginManifest { Id = layout.Name, Version = Version(layout.Version, image), Main = main })
            with
        { Files = content.Files };
        File.WriteAllBytes(Path.Combine(folder, PluginManifest.FileName), manifest.ToJson());
        return manifest;
    }

    private static string Version(string? listed, byte[] image) =>
        listed is not null && PluginVersions.Parse(listed) is not null ? listed : AssemblyVersion.Of(image);

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
