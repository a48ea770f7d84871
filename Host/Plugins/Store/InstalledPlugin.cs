using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Plugins.Store;

/// <summary>A plugin's folder, held against the manifest in it. A folder without one is taken as it is.</summary>
public static class InstalledPlugin
{
    /// <summary>The manifest in a folder; null where there is none.</summary>
    /// <exception cref="PluginException">It cannot be read; the message is the rest of a sentence about the plugin.</exception>
    public static PluginManifest? Manifest(string folder)
    {
        var path = Path.Combine(folder, PluginManifest.FileName);
        if (!File.Exists(path)) return null;
        const long Most = 16 << 20;
        if (new FileInfo(path).Length > Most) throw new PluginException($"its {PluginManifest.FileName} is too large to be one");
        try
        {
            return PluginManifest.Read(File.ReadAllBytes(path));
        }
        catch (PluginException wrong)
        {
            throw new PluginException($"its {PluginManifest.FileName} {wrong.Message}", wrong);
        }
    }

    /// <summary>Why a folder does not fit its manifest or this host, as the rest of a sentence about the plugin; null if it does.</summary>
    /// <param name="file">The plugin's DLL.</param>
    /// <param name="content">What its folder holds.</param>
    public static string? Refuse(string file, PluginContent content)
    {
        try
        {
            return Manifest(Path.GetDirectoryName(file)!) is not { } manifest ? null
                : manifest.Id != Path.GetFileNameWithoutExtension(file)
                    ? $"its {PluginManifest.FileName} is that of {manifest.Id}: the folder must be named as the plugin"
                : Unfit(manifest) ?? Changed(manifest, content);
        }
        catch (PluginException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>Why a plugin is not for this host, by what its manifest says; null if it is.</summary>
    public static string? Unfit(PluginManifest manifest)
    {
        var contract = SharedAssemblies.Contract;
        var host = typeof(InstalledPlugin).Assembly.GetName().Version!.ToString(3);
        foreach (var (name, range, version) in ((string, string?, string)[])
            [(contract.Name!, manifest.Contract, contract.Version!.ToString(3)), ("the host", manifest.Host, host)])
            if (range is not null && !PluginVersions.Fits(version, range))
                return $"{manifest.Id} {manifest.Version} is made for {name} {range}, but this is {version}; get a build of the plugin for "
                    + "this host";
        return null;
    }

    /// <summary>What differs from the files that a manifest lists; null for nothing, and where it lists none.</summary>
    public static string? Changed(PluginManifest manifest, PluginContent content)
    {
        if (manifest.Files.Count == 0) return null;
        var listed = manifest.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        const string Manifest = PluginManifest.FileName, Remedy = "Get the plugin anew, or delete its " + Manifest + " if you changed it";
        foreach (var file in manifest.Files)
            if (content.SumOf(file.Path) is not { } sum) return $"{file.Path}, which its {Manifest} lists, is missing. {Remedy}";
            else if (sum != file.Sha256) return $"{file.Path} is not the file that its {Manifest} lists (SHA-256). {Remedy}";
        return content.Files.FirstOrDefault(f => !listed.Contains(f.Path)) is { } foreign
            ? $"{foreign.Path} is not among the files that its {Manifest} lists. {Remedy}" : null;
    }
}
