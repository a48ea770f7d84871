using System.Text.RegularExpressions;

namespace PluginHost.Host.Plugins.Store;

/// <summary>Looks whether what a manifest says can be.</summary>
internal static partial class ManifestCheck
{
    /// <summary>What is wrong, as the rest of a sentence about the file; null for nothing.</summary>
    public static string? Complain(PluginManifest manifest)
    {
        if (manifest.Format != 1) return $"has layout {manifest.Format}, and this host knows layout 1: update the host";
        if (!IsName(manifest.Id)) return $"has the id '{manifest.Id}', which is no name of an assembly and a folder";
        if (manifest.Version is null || PluginVersions.Parse(manifest.Version) is null)
            return $"has the version '{manifest.Version}', which is none: write it like 1.2.0";
        if (manifest.Main is { } main && main != manifest.Id + ".dll")
            return $"names '{main}' as the main assembly, which must be {manifest.Id}.dll, named as the plugin";
        foreach (var (key, range) in ((string, string?)[])[("contract", manifest.Contract), ("host", manifest.Host)])
            if (range is not null && !PluginVersions.IsRange(range))
                return $"has '{range}' as {key}, which is no range of versions: write {PluginVersions.RangeExample}";
        if (manifest.Provides is null || manifest.Provides.Any(p => p?.Kind is null || p.Name is null))
            return "offers something without a kind or a name";
        return manifest.Files is null || manifest.Files.Any(f => f?.Path is null || f.Sha256 is null)
            ? "lists a file without a path or a sum" : Files(manifest);
    }

    /// <summary>Whether a text can be the name of a plugin.</summary>
    public static bool IsName(string? text) => text is not null && Name().IsMatch(text);

    private static string? Files(PluginManifest manifest)
    {
        if (manifest.Files.Count == 0) return null;
        if (EntryNames.Complain(manifest.Files.Select(f => f.Path)) is { } complaint) return $"lists files that cannot be: {complaint}";
        if (manifest.Files.FirstOrDefault(f => f.Bytes < 0 || !Digits().IsMatch(f.Sha256)) is { } strange)
            return $"has no SHA-256 of {strange.Path}: 64 digits in lower case";
        if (manifest.Files.FirstOrDefault(f => PluginManifest.IsAbout(f.Path)) is { } own) return $"lists {own.Path} among the files";
        return manifest.Files.Any(f => f.Path == manifest.Id + ".dll") ? null : $"does not list {manifest.Id}.dll among the files";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]([A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
