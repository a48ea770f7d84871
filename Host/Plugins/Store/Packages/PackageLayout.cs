using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace PluginHost.Host.Plugins.Store.Packages;

/// <summary>Which files of a package are those of the plugin's folder, and what the plugin is called.</summary>
/// <param name="Name">The plugin's: its main assembly's, and so its folder's.</param>
/// <param name="Version">As a NuGet package says; null where only the assembly does.</param>
/// <param name="Files">Paths in the folder, and what is unpacked there.</param>
public sealed partial record PackageLayout(string Name, string? Version, IReadOnlyDictionary<string, PackageEntry> Files)
{
    /// <summary>Lays a package out.</summary>
    /// <exception cref="PluginException">It holds no plugin, or more than one.</exception>
    public static PackageLayout Of(PluginPackage package)
    {
        var (files, version, named) = package.IsNuGet ? NuGet(package) : (Rooted(package), null, null);
        if (files.Count == 0) throw PluginPackage.Refused(package.Source, "holds no files");
        return new(Named(package, files, named), version, files);
    }

    /// <summary>The files of a zip or folder, without a single folder around them all.</summary>
    private static Dictionary<string, PackageEntry> Rooted(PluginPackage package)
    {
        var entries = package.Entries.Where(e => Path.GetFileName(e.Path) != InstallRecord.FileName).ToList();
        var top = entries.Select(e => e.Path.Split('/') is [var folder, _, ..] ? folder : "").Distinct().ToList();
        if (top is not [{ Length: > 0 } around]) return entries.ToDictionary(e => e.Path);
        return entries.ToDictionary(e => e.Path[(around.Length + 1)..]);
    }

    /// <summary>The files of a NuGet package that belong into the folder: those for this framework, and native ones.</summary>
    private static (Dictionary<string, PackageEntry> Files, string? Version, string? Id) NuGet(PluginPackage package)
    {
        var best = package.Entries.Select(e => e.Path.Split('/')).Where(p => p is ["lib", _, _, ..]).Select(p => p[1]).Distinct()
            .Where(f => Rank(f) > 0).OrderByDescending(Rank).FirstOrDefault();
        var files = new Dictionary<string, PackageEntry>();
        foreach (var entry in package.Entries)
            if (best is not null && entry.Path.StartsWith($"lib/{best}/", StringComparison.Ordinal))
                files[entry.Path[$"lib/{best}/".Length..]] = entry;
            else if (entry.Path.StartsWith("runtimes/", StringComparison.Ordinal) || entry.Path == PluginManifest.FileName)
                files[entry.Path] = entry;
        if (files.Count == 0 || best is null)
            throw PluginPackage.Refused(package.Source, "is a NuGet package without assemblies for .NET 10 under lib/");
        var (id, version) = Nuspec(package);
        return (files, version, id);
    }

    /// <summary>How new a framework is, among those that .NET 10 runs; 0 for others.</summary>
    private static double Rank(string framework)
    {
        var match = Framework().Match(framework);
        if (!match.Success) return 0;
        var version = double.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
        return match.Groups[1].Value == "net" ? (version is >= 5 and <= 10 ? 100 + version : 0) : version;
    }

    private static (string? Id, string? Version) Nuspec(PluginPackage package)
    {
        var entry = package.Entries.First(e => !e.Path.Contains('/') && e.Path.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase));
        try
        {
            using var reader = XmlReader.Create(entry.Open(),
                new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1 << 20 });
            var fields = XDocument.Load(reader).Root?.Elements().FirstOrDefault(e => e.Name.LocalName == "metadata")?
                .Elements().ToList() ?? [];
            return (fields.Find(f => f.Name.LocalName == "id")?.Value, fields.Find(f => f.Name.LocalName == "version")?.Value);
        }
        catch (Exception failure) when (failure is XmlException or InvalidDataException)
        {
            throw PluginPackage.Refused(package.Source, $"has a {entry.Path} that cannot be read: {failure.Message.TrimEnd('.')}", failure);
        }
    }

    private static string Named(PluginPackage package, Dictionary<string, PackageEntry> files, string? id)
    {
        if (files.TryGetValue(PluginManifest.FileName, out var described)) return Manifest(package, described).Id;
        var assemblies = files.Keys.Where(f => !f.Contains('/') && f.EndsWith(".dll", StringComparison.Ordinal))
            .Select(f => f[..^4]).ToList();
        var listed = assemblies.Where(a => files.ContainsKey(a + ".deps.json")).ToList();
        // As the folder around it is called, as the package is, as the only one with a list of dependencies, or as the only one.
        var around = package.Entries[0].Path.Split('/')[0];
        var stem = Stem().Replace(Path.GetFileName(package.Source), "");
        var name = new[] { id, Path.GetFileName(package.Source), around, stem }.FirstOrDefault(n => n is not null && assemblies.Contains(n))
            ?? (listed is [var only] ? only : assemblies is [var single] ? single : null);
        return name is not null && ManifestCheck.IsName(name) ? name : throw PluginPackage.Refused(package.Source, assemblies.Count == 0
            ? "holds no plugin: there is no assembly at its top, nor in a single folder in it. Name one plugin's folder"
            : $"does not tell which of {string.Join(", ", assemblies.Take(8).Select(a => a + ".dll"))} is the plugin: make a package of it "
                + "with 'host plugins pack'");
    }

    private static PluginManifest Manifest(PluginPackage package, PackageEntry entry)
    {
        try
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            if (BoundedCopy.To(stream, copy, 16 << 20) is null)
                throw PluginPackage.Refused(package.Source, $"has a {PluginManifest.FileName} too large to be one");
            return PluginManifest.Read(copy.ToArray());
        }
        catch (PluginException wrong) when (!wrong.Message.Contains(package.Source, StringComparison.Ordinal))
        {
            throw PluginPackage.Refused(package.Source, $"has a {PluginManifest.FileName} that {wrong.Message}", wrong);
        }
        catch (InvalidDataException damaged)
        {
            throw PackageReader.Damaged(package.Source, damaged);
        }
    }

    [GeneratedRegex(@"^(net|netstandard)(\d{1,2}\.\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Framework();

    /// <summary>The version and ending at the end of a file's name.</summary>
    [GeneratedRegex(@"([-.]v?\d+(\.\d+)*(-[A-Za-z0-9.]+)?)?\.(zip|nupkg)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Stem();
}
