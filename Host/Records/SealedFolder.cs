using System.Security.Cryptography;
using System.Text.Json;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>
/// A folder that is there whole or not at all: files go into a hidden sibling, each is hashed and fsynced, the manifest
/// of sizes and SHA-256 sums comes last, and a rename makes it appear. <see cref="Verify"/> tells whether it is still whole.
/// </summary>
public static class SealedFolder
{
    /// <summary>The file that seals the folder.</summary>
    public const string ManifestName = "manifest.json";

    private const string PartialPrefix = ".partial-", ReplacedPrefix = ".replaced-";

    /// <summary>Writes the folder, replacing one of the same name.</summary>
    /// <param name="folder">Where it is to appear.</param>
    /// <param name="write">Adds the files.</param>
    /// <exception cref="ResourceException">No space, or not writable: nothing half-written stays behind.</exception>
    public static void Write(string folder, Action<SealedFolderWriter> write) => Disk.Guard(folder, () =>
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        var partial = Path.Combine(parent, PartialPrefix + Path.GetFileName(folder));
        Delete(partial);
        try
        {
            Directory.CreateDirectory(partial);
            var writer = new SealedFolderWriter(partial);
            write(writer);
            writer.Seal();
            if (Directory.Exists(folder))
            {
                var replaced = Path.Combine(parent, ReplacedPrefix + Path.GetFileName(folder));
                Delete(replaced);
                Directory.Move(folder, replaced);
                Directory.Move(partial, folder);
                Disk.SyncFolder(parent);
                Delete(replaced);
            }
            else
            {
                Directory.Move(partial, folder);
                Disk.SyncFolder(parent);
            }
        }
        catch
        {
            Delete(partial);
            throw;
        }
    });

    /// <summary>The files that a folder was sealed with, the manifest among them; null where it has no manifest that can be read.</summary>
    public static IReadOnlyCollection<string>? Files(string folder)
    {
        var manifest = Path.Combine(folder, ManifestName);
        try
        {
            if (!File.Exists(manifest)) return null;
            using var document = JsonDocument.Parse(Read(manifest));
            return [ManifestName, .. document.RootElement.GetProperty("files").EnumerateObject().Select(file => file.Name)];
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or DataException)
        {
            return null;
        }
    }

    private static byte[] Read(string manifest) => SmallFile.ReadBytes(manifest, TextLimits.Settings, "a list of files");

    /// <summary>Checks every file against the manifest.</summary>
    /// <returns>Null when whole, else what is wrong, in a few words.</returns>
    public static string? Verify(string folder)
    {
        var manifest = Path.Combine(folder, ManifestName);
        if (!File.Exists(manifest)) return "its manifest is missing";
        try
        {
            using var document = JsonDocument.Parse(Read(manifest));
            var files = document.RootElement.GetProperty("files").EnumerateObject().ToList();
            if (files.Count == 0) return "its manifest names no file";
            foreach (var file in files)
            {
                // A name that leads elsewhere would tell a stranger's folder what else is on the machine.
                if (Path.IsPathRooted(file.Name) || file.Name.Split('/', '\\').Contains(".."))
                    return $"its manifest names '{file.Name}', which is outside it";
                var path = Path.Combine(folder, file.Name);
                if (FileKinds.Of(path) != FileKind.Regular) return $"{file.Name} is missing, or no regular file";
                // Of the target where it is a link, as in Hugging Face's cache: a link's own length is that of its text.
                using var stream = File.OpenRead(path);
                var length = stream.Length;
                var expected = file.Value.GetProperty("bytes").GetInt64();
                if (length != expected) return $"{file.Name} has {length:N0} bytes instead of {expected:N0}";
                if (Convert.ToHexStringLower(SHA256.HashData(stream)) != file.Value.GetProperty("sha256").GetString())
                    return $"the checksum of {file.Name} does not match";
            }
            return null;
        }
        catch (Exception failure) when (
            failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException
                or DataException)
        {
            return $"its manifest cannot be read ({failure.Message})";
        }
    }

    /// <summary>
    /// Removes what a crash left half-written beside sealed folders, and puts back a folder that was about to be replaced.
    /// </summary>
    public static void Clean(string parent)
    {
        if (!Directory.Exists(parent)) return;
        foreach (var folder in Directory.GetDirectories(parent))
        {
            var name = Path.GetFileName(folder);
            var original = name.StartsWith(ReplacedPrefix, StringComparison.Ordinal) ? Path.Combine(parent, name[ReplacedPrefix.Length..])
                : null;
            if (original is not null && !Directory.Exists(original)) Directory.Move(folder, original);
            else if (original is not null || name.StartsWith(PartialPrefix, StringComparison.Ordinal)) Delete(folder);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Adds files to a <see cref="SealedFolder"/> while it is being written.</summary>
public sealed class SealedFolderWriter
{
    private readonly SortedDictionary<string, (long Bytes, string Sha256)> files = new(StringComparer.Ordinal);

    internal SealedFolderWriter(string folder) => Folder = folder;

    /// <summary>The hidden folder, for writers that need a path; name what they wrote to <see cref="AddWritten"/>.</summary>
    public string Folder { get; }

    /// <summary>Writes a file.</summary>
    public void Add(string name, Action<Stream> write)
    {
        using var stream = new FileStream(Path.Combine(Folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        using var hashing = new HashingStream(stream);
        write(hashing);
        stream.Flush(flushToDisk: true);
        files[name] = (hashing.Written, hashing.Digest());
    }

    /// <summary>Writes a text file.</summary>
    public void Add(string name, string text) => Add(name, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Takes in a file that was written into <see cref="Folder"/> by other means.</summary>
    /// <param name="name">Relative; folders on the way are separated by <c>/</c> on every system.</param>
    public void AddWritten(string name)
    {
        name = name.Replace(Path.DirectorySeparatorChar, '/');
        using var stream = new FileStream(Path.Combine(Folder, name), FileMode.Open, FileAccess.ReadWrite);
        var digest = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Flush(flushToDisk: true);
        files[name] = (stream.Length, digest);
    }

    /// <summary>The SHA-256 sum of a file that was added, in lower-case hexadecimal.</summary>
    public string Digest(string name) => files[name].Sha256;

    internal void Seal()
    {
        var manifest = new
        {
            format = 1,
            files = files.ToDictionary(f => f.Key, f => new { bytes = f.Value.Bytes, sha256 = f.Value.Sha256 })
        };
        Add(SealedFolder.ManifestName, JsonSerializer.Serialize(manifest, Json.Indented) + "\n");
        foreach (var folder in Directory.EnumerateDirectories(Folder, "*", SearchOption.AllDirectories)) Disk.SyncFolder(folder);
        Disk.SyncFolder(Folder);
    }
}
