using System.Globalization;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Store.Packages;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store;

/// <summary>How a plugin is installed.</summary>
/// <param name="RequireSigned">Only with the signature of a trusted key.</param>
/// <param name="Try">Loads what lies in a folder where it can do no harm, and says why it cannot be used; null for not at all.</param>
public sealed record InstallRequest(bool RequireSigned, Func<string, CancellationToken, Task<string?>>? Try);

/// <summary>What an installation did.</summary>
/// <param name="Manifest">Of the plugin.</param>
/// <param name="Folder">Where it lies now.</param>
/// <param name="Before">The version that was there before; null for none.</param>
/// <param name="Changed">Whether anything is other than before.</param>
/// <param name="SignedBy">Whose signature it bears; null for nobody's that is trusted.</param>
public sealed record Installation(PluginManifest Manifest, string Folder, string? Before, bool Changed, string? SignedBy);

/// <summary>
/// The user's own folder of plugins. Whatever happens to a command that changes it, a plugin is there as before or as after; two
/// commands at once wait for one another.
/// </summary>
/// <param name="folder">The folder; made when it is first needed.</param>
/// <param name="say">Is told what the user should know.</param>
/// <param name="clock">Tells the time of an installation.</param>
public sealed class PluginStore(string folder, Action<string> say, TimeProvider clock)
{
    /// <summary>Where the plugins lie.</summary>
    public string Folder => folder;

    /// <summary>Installs a package, in place of one of the same name.</summary>
    /// <param name="source">A zip archive, a NuGet package or a folder.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellation">Gives up, and leaves everything as it was.</param>
    /// <exception cref="DataException">It cannot be read.</exception>
    /// <exception cref="PluginException">It is refused.</exception>
    /// <exception cref="ResourceException">The folder cannot be written.</exception>
    public async Task<Installation> InstallAsync(string source, InstallRequest request, CancellationToken cancellation)
    {
        var trust = TrustFile.Read();
        using var package = PackageReader.Open(source);
        using var held = StoreLock.Take(folder, say, cancellation);
        Disk.Guard(folder, () => FolderSwap.Clean(folder));
        using var staged = StagedPlugin.Unpack(package, folder, PackageLimits.Usual, cancellation);
        if (trust.Refuse(staged.Manifest, request.RequireSigned) is { } untrusted)
            throw PluginPackage.Refused(package.Source, $"is refused: {untrusted.TrimEnd('.')}");
        var place = Path.Combine(folder, staged.Name);
        var (signer, before) = (trust.SignerOf(staged.Manifest)?.Name, Version(place));
        if (before is not null && PluginContent.Read(place).Sha256 == staged.Content.Sha256)
            return new(staged.Manifest, place, before, Changed: false, signer);
        if (request.Try is { } load && await load(staged.Folder, cancellation) is { } failure)
            throw PluginPackage.Refused(package.Source, $"is refused: {failure.TrimEnd('.')}");
        var record = new InstallRecord(
            package.Source, package.IsFolder ? null : FileSum.Of(package.Source),
            clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), signer, request.Try is not null);
        cancellation.ThrowIfCancellationRequested();
        Disk.Guard(folder, () =>
        {
            staged.Add(InstallRecord.FileName, System.Text.Encoding.UTF8.GetBytes(record.ToJson()));
            Disk.SyncFolder(staged.Folder);
            FolderSwap.Put(staged.Folder, place);
        });
        return new(staged.Manifest, place, before, Changed: true, signer);
    }

    /// <summary>Removes a plugin.</summary>
    /// <param name="name">Its name, whatever its case.</param>
    /// <param name="cancellation">Gives up waiting for others.</param>
    /// <returns>Its name as it is written; null where there is none.</returns>
    public string? Remove(string name, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) return null;
        using var held = StoreLock.Take(folder, say, cancellation);
        return Disk.Guard(folder, () =>
        {
            FolderSwap.Clean(folder);
            if (Names().FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) is not { } found) return null;
            FolderSwap.Remove(Path.Combine(folder, found));
            var disabled = DisabledPlugins.Read();
            if (disabled.Has(found)) disabled.Without(found).Write();
            return found;
        });
    }

    /// <summary>Changes which plugins are switched off.</summary>
    public void Change(Func<DisabledPlugins, DisabledPlugins> change, CancellationToken cancellation)
    {
        using var held = StoreLock.Take(folder, say, cancellation);
        change(DisabledPlugins.Read()).Write();
    }

    /// <summary>The plugins in it.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder).Select(f => Path.GetFileName(f)).Where(n => !n.StartsWith('.'))
            .Order(StringComparer.Ordinal),
    ];

    private static string? Version(string place)
    {
        if (!Directory.Exists(place)) return null;
        try { return InstalledPlugin.Manifest(place)?.Version ?? ""; }
        catch (PluginException) { return ""; }
    }
}
