using System.IO.Compression;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Tests.Plugins.Store;

/// <summary>A user with empty folders for data and settings, as long as a test lasts.</summary>
internal sealed class UserHome : IDisposable
{
    private static readonly string[] variables = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "PLUGINHOST_PLUGINS"];

    private readonly Dictionary<string, string?> before = variables.ToDictionary(v => v, Environment.GetEnvironmentVariable);

    public UserHome()
    {
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", At("data"));
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", At("config"));
        Environment.SetEnvironmentVariable("PLUGINHOST_PLUGINS", null);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    public PluginStore Store => new(UserFolders.Plugins!, Said.Add, TimeProvider.System);

    public List<string> Said { get; } = [];

    public string At(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Copies a built fixture here.</summary>
    public string Fixture(string name, string? asName = null)
    {
        var target = Directory.CreateDirectory(At("sources", asName ?? name)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "artifacts", "fixtures", name)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        return target;
    }

    /// <summary>Packs a folder.</summary>
    public string Pack(string folder, string? keyFile = null, string version = "1.2.0", string? name = null)
    {
        var manifest = PluginPacker.Describe(folder, version, [new("metric", "late", "Says something late.")], keyFile);
        var file = At(name ?? $"{manifest.Id}-{manifest.Version}.zip");
        using var stream = File.Create(file);
        PluginPacker.Write(folder, manifest, stream);
        return file;
    }

    /// <summary>Installs a package.</summary>
    public Installation Install(string source, bool requireSigned = false, Func<string, CancellationToken, Task<string?>>? load = null) =>
        Store.InstallAsync(source, new(requireSigned, load), default).GetAwaiter().GetResult();

    /// <summary>Makes an archive of whatever names.</summary>
    public string Zip(string name, params (string Path, string Text)[] files)
    {
        using var archive = ZipFile.Open(At(name), ZipArchiveMode.Create);
        foreach (var (path, text) in files)
        {
            using var stream = archive.CreateEntry(path).Open();
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
        return At(name);
    }

    /// <summary>A key pair.</summary>
    public (string Private, string Public) Keys(string name = "key")
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        File.WriteAllText(At(name + ".pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(At(name + ".pub.pem"), key.ExportSubjectPublicKeyInfoPem());
        return (At(name + ".pem"), At(name + ".pub.pem"));
    }

    /// <summary>Everything below the folder of plugins but the lock.</summary>
    public IReadOnlyList<string> Installed() => !Directory.Exists(UserFolders.Plugins) ? [] :
    [
        .. Directory.EnumerateFileSystemEntries(UserFolders.Plugins!, "*", new EnumerationOptions { AttributesToSkip = 0 })
            .Select(e => Path.GetFileName(e)).Where(n => n != ".lock").Order(StringComparer.Ordinal),
    ];

    public void Dispose()
    {
        foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(Folder, recursive: true);
    }
}
