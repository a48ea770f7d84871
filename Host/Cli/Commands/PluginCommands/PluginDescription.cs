using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>What is known of a plugin beside what it registers: its manifest, and how it was installed.</summary>
internal static class PluginDescription
{
    /// <summary>Prints what there is.</summary>
    public static void Show(PluginInfo plugin, IRunView view)
    {
        var folder = Path.GetDirectoryName(plugin.Path)!;
        if (plugin.FolderSha256.Length > 0) view.Result($"folder   {plugin.FolderSha256}");
        if (Manifest(folder) is { } manifest)
            foreach (var (name, value) in ((string, string?)[])
                [("called", manifest.DisplayName), ("what", manifest.Description), ("by", manifest.Authors), ("licence", manifest.License),
                    ("for", manifest.Contract is { } range ? $"{typeof(IPlugin).Assembly.GetName().Name} {range}" : null),
                    ("host", manifest.Host), ("key", manifest.Signature?.Key)])
                if (value is not null) view.Result($"{name,-8} {value}");
        if (InstallRecord.Of(folder) is not { } record) return;
        var archive = record.Sha256 is { } sum ? $" (SHA-256 {sum[..Math.Min(12, sum.Length)]})" : "";
        view.Result($"from     {record.From}{archive}, {record.Installed}");
        if (record.SignedBy is { } signer) view.Result($"signed   by {signer}");
    }

    /// <summary>The manifest in a folder; null for none that can be read, which a refusal tells.</summary>
    public static PluginManifest? Manifest(string folder)
    {
        try { return InstalledPlugin.Manifest(folder); }
        catch (PluginException) { return null; }
    }
}
