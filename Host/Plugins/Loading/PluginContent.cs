using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>What lay in a plugin's folder at one moment: the sums of all files, and its assemblies themselves.</summary>
/// <remarks>
/// Assemblies are bound one by one as they are used, some of them late in a run. They come from here, so that a folder may be
/// replaced or deleted meanwhile without one half of a plugin being old and the other new.
/// </remarks>
public sealed class PluginContent
{
    private const string Symbols = ".pdb";
    private const int Attempts = 5;

    // Many plugins bring the same libraries along: one copy serves.
    private static readonly ConcurrentDictionary<string, WeakReference<byte[]>> shared = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, byte[]> kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PluginFile> files = new(StringComparer.Ordinal);

    private PluginContent(string folder)
    {
        Read(new DirectoryInfo(folder), "");
        Files = [.. files.Values.OrderBy(f => f.Path, StringComparer.Ordinal)];
        Sha256 = Sum(Files);
    }

    /// <summary>The files in the order of their names; what describes the plugin or its installation is none of them.</summary>
    public IReadOnlyList<PluginFile> Files { get; }

    /// <summary>The sum of all files, see <see cref="Sum"/>.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="IOException">It cannot be read, or does not keep still.</exception>
    public static PluginContent Read(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Somebody may put another folder in its place while it is read.
            var before = Directory.GetLastWriteTimeUtc(folder);
            try
            {
                var content = new PluginContent(folder);
                if (before == Directory.GetLastWriteTimeUtc(folder) || attempt == Attempts) return content;
            }
            catch (IOException) when (attempt < Attempts && before != Directory.GetLastWriteTimeUtc(folder)) { }
        }
    }

    /// <summary>
    /// Lower-case hexadecimal SHA-256 of the lines <c>SHA256  PATH</c> of all files in the order of their names, as <c>sha256sum</c> writes
    /// them. Symbols are left out: with them or without, a plugin does the same.
    /// </summary>
    public static string Sum(IEnumerable<PluginFile> files) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(files.Where(f => Path.GetExtension(f.Path) != Symbols).OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => $"{f.Sha256}  {f.Path}\n")))));

    /// <summary>The sum of one file, or null where it is not there.</summary>
    /// <param name="path">In the folder, parts separated by <c>/</c>.</param>
    public string? SumOf(string path) => files.GetValueOrDefault(path)?.Sha256;

    /// <summary>Whether an assembly was there.</summary>
    /// <inheritdoc cref="SumOf" path="/param"/>
    public bool Has(string path) => files.ContainsKey(path);

    /// <summary>The bytes of an assembly or its symbols; null where there are none, or they were released.</summary>
    /// <inheritdoc cref="SumOf" path="/param"/>
    public byte[]? Image(string path) => kept.GetValueOrDefault(path);

    /// <summary>Lets go of bytes that are loaded now.</summary>
    /// <inheritdoc cref="SumOf" path="/param"/>
    public void Release(string path) => kept.TryRemove(path, out _);

    private void Read(DirectoryInfo folder, string prefix)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            var path = prefix + entry.Name;
            // Links to folders are not followed: they may lead round in a circle.
            if (entry is DirectoryInfo inner && inner.LinkTarget is null) Read(inner, path + "/");
            else if (entry is FileInfo file && !PluginManifest.IsAbout(path)) Add(path, file);
        }
    }

    private void Add(string path, FileInfo file)
    {
        if (!IsManaged(path))
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            files[path] = new(path, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
            return;
        }
        var bytes = File.ReadAllBytes(file.FullName);
        var sum = Convert.ToHexStringLower(SHA256.HashData(bytes));
        files[path] = new(path, bytes.Length, sum);
        var known = shared.GetOrAdd(sum, _ => new(bytes));
        if (known.TryGetTarget(out var same)) bytes = same;
        else known.SetTarget(bytes);
        kept[path] = bytes;
    }

    private static bool IsManaged(string path) =>
        Path.GetExtension(path) is ".dll" or Symbols && !path.Contains("/native/", StringComparison.Ordinal);
}
