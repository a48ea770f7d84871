using System.IO.Compression;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Store.Packages;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store;

/// <summary>Makes a package of a plugin's folder: a zip archive with its manifest. The same files give the same bytes.</summary>
public static class PluginPacker
{
    // The oldest time that a zip archive can tell: the time of packing is nobody's business.
    private static readonly DateTimeOffset epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Describes a plugin's folder.</summary>
    /// <param name="folder">Its folder, with a <c>plugin.json</c> or without: what that says stays, its files are listed anew.</param>
    /// <param name="version">The version where no <c>plugin.json</c> says it.</param>
    /// <param name="provides">What the plugin offers.</param>
    /// <param name="keyFile">Signs it; null for not at all.</param>
    /// <exception cref="PluginException">Its <c>plugin.json</c> is wrong, or a file has a name that no package can hold.</exception>
    /// <exception cref="DataException">There is no such key.</exception>
    public static PluginManifest Describe(string folder, string version, IEnumerable<ProvidedComponent> provides, string? keyFile)
    {
        using var package = PackageReader.Open(folder); // Refuses names and links that nobody could install.
        var name = Path.GetFileName(folder);
        PluginManifest? written;
        try { written = InstalledPlugin.Manifest(folder); }
        catch (PluginException wrong) { throw new PluginException($"{DataFile.Show(folder)}: {wrong.Message}.", wrong); }
        if (written is not null && written.Id != name)
            throw new PluginException($"{DataFile.Show(folder)}: its {PluginManifest.FileName} is that of {written.Id}: name the folder "
                + "and the main assembly so, or change the id.");
        var contract = SharedAssemblies.Contract.Version!;
        var manifest = (written ?? new PluginManifest { Id = name, Version = version }) with
        {
            Main = name + ".dll",
            Contract = written?.Contract ?? $">={contract.ToString(2)} <{contract.Major + 1}.0",
            Provides = [.. provides],
            Files = PluginContent.Read(folder).Files,
            Signature = null,
        };
        return keyFile is null ? manifest : PluginSignature.Sign(manifest, keyFile);
    }

    /// <summary>Writes the package.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <param name="manifest">What <see cref="Describe"/> said.</param>
    /// <param name="output">Written to its end.</param>
    /// <exception cref="PluginException">A file is another than it was described as.</exception>
    public static void Write(string folder, PluginManifest manifest, Stream output)
    {
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        using (var described = Entry(archive, manifest.Id, PluginManifest.FileName)) described.Write(manifest.ToJson());
        foreach (var file in manifest.Files)
        {
            using var from = DataFile.OpenRead(Path.Combine(folder, file.Path), mayBeEmpty: true);
            using var to = Entry(archive, manifest.Id, file.Path);
            if (BoundedCopy.To(from, to, file.Bytes) is not var (_, sum) || sum != file.Sha256)
                throw new PluginException($"{file.Path} changed while it was packed; pack it again when nothing writes there.");
        }
    }

    private static Stream Entry(ZipArchive archive, string name, string path)
    {
        var entry = archive.CreateEntry($"{name}/{path}", CompressionLevel.SmallestSize);
        entry.LastWriteTime = epoch;
        return entry.Open();
    }
}
