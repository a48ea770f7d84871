using System.IO.Compression;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store.Packages;

/// <summary>Opens packages, and refuses those that would write elsewhere, fill the disk or hold what no plugin needs.</summary>
public static class PackageReader
{
    private const string What = "give a zip archive, a NuGet package or a plugin's folder";
    private const int TypeBits = 0xF000, Regular = 0x8000, Folder = 0x4000, Link = 0xA000; // st_mode of stat(2)

    /// <summary>Opens a package.</summary>
    /// <param name="path">A zip archive, a NuGet package or a folder.</param>
    /// <param name="limits">What it may hold; null for the usual.</param>
    /// <exception cref="DataException">There is none, or no archive that can be read.</exception>
    /// <exception cref="PluginException">It holds what is refused.</exception>
    public static PluginPackage Open(string path, PackageLimits? limits = null)
    {
        var full = Path.GetFullPath(HomeFolder.Expand(path));
        limits ??= PackageLimits.Usual;
        var package = FileKinds.Of(full) switch
        {
            FileKind.Folder => new(full, Files(full, limits), null),
            FileKind.Regular => Archive(full, limits),
            FileKind.Missing => throw new DataException($"{path} does not exist; {What}."),
            _ => throw new DataException($"{path} is no file; {What}."),
        };
        if (EntryNames.Complain(package.Entries.Select(e => e.Path)) is not { } complaint) return package;
        package.Dispose();
        throw PluginPackage.Refused(full, $"is refused: {complaint}");
    }

    private static PluginPackage Archive(string path, PackageLimits limits)
    {
        if (ZipEnd.Refuse(path, limits) is { } refusal) throw PluginPackage.Refused(path, refusal);
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(DataFile.OpenRead(path), ZipArchiveMode.Read);
            var files = archive.Entries.Where(e => !IsFolder(e)).ToList();
            if (archive.Entries.FirstOrDefault(e => Strange(e) is not null) is { } strange)
                throw PluginPackage.Refused(path, $"is refused: '{strange.FullName.ReplaceLineEndings("?")}' is {Strange(strange)}");
            // Names of folders may lead out as well as those of files.
            if (archive.Entries.Where(IsFolder).Select(e => EntryNames.Complain(e.FullName.TrimEnd('/'))).FirstOrDefault(c => c is not null)
                is { } complaint) throw PluginPackage.Refused(path, $"is refused: {complaint}");
            if (limits.Refuse(archive.Entries.Count, files.Sum(f => f.Length), files.Sum(f => f.CompressedLength)) is { } tooMuch)
                throw PluginPackage.Refused(path, tooMuch);
            return new(path, [.. files.Select(f => new PackageEntry(f.FullName, f.Length, f.Open))], archive);
        }
        catch (Exception failure) when (failure is InvalidDataException or ArgumentException or NotSupportedException)
        {
            archive?.Dispose();
            throw Damaged(path, failure);
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    /// <summary>Says that an archive cannot be read.</summary>
    internal static DataException Damaged(string path, Exception failure) => new(
        $"{DataFile.Show(path)} is damaged, or no zip archive: {failure.Message.TrimEnd('.')}. Get it anew. Nothing was installed.",
        failure);

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/');

    private static string? Strange(ZipArchiveEntry entry) => entry.IsEncrypted ? "encrypted"
        : ((entry.ExternalAttributes >> 16) & TypeBits) switch
        {
            0 or Regular or Folder => null,
            Link => "a link",
            _ => "no regular file",
        };

    private static List<PackageEntry> Files(string root, PackageLimits limits)
    {
        var found = new List<PackageEntry>();
        var bytes = 0L;
        Walk(new DirectoryInfo(root), "");
        return found;

        void Walk(DirectoryInfo folder, string prefix)
        {
            foreach (var entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 })
                .OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                var path = prefix + entry.Name;
                if (entry.LinkTarget is not null && (entry is DirectoryInfo || !RealPath.IsInside(entry.FullName, root)))
                    throw PluginPackage.Refused(
                        root, $"is refused: '{path}' is a link {(entry is DirectoryInfo ? "to a folder" : "that leads out")}");
                if (entry is DirectoryInfo inner)
                {
                    Walk(inner, path + "/");
                    continue;
                }
                if (FileKinds.Of(entry.FullName) != FileKind.Regular)
                    throw PluginPackage.Refused(root, $"is refused: '{path}' is no regular file");
                var length = RealPath.Length(entry.FullName);
                bytes += length;
                found.Add(new(path, length, () => DataFile.OpenRead(entry.FullName, mayBeEmpty: true)));
                if (limits.Refuse(found.Count, bytes, bytes) is { } tooMuch) throw PluginPackage.Refused(root, tooMuch);
            }
        }
    }
}
