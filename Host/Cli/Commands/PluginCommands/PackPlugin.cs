using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Store;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins pack</c>.</summary>
[Example("host plugins pack bin/plugins/MyTokenizer")]
[Example("host plugins pack bin/plugins/MyTokenizer --sign key.pem --output MyTokenizer.zip")]
public sealed class PackOptions
{
    /// <summary>The plugin.</summary>
    [Required, Positional("FOLDER"), Description("The plugin's folder, as it is built: NAME/NAME.dll and what that needs.")]
    public string Folder { get; set; } = "";

    /// <summary>The package.</summary>
    [Description("The zip archive to write; NAME-VERSION.zip in the working directory if left out."), ValueName("FILE"), ShortName("-o")]
    public string? Output { get; set; }

    /// <summary>Whether an output that is there is replaced.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    /// <summary>The key.</summary>
    [Description("Sign it with this private key: ECDSA P-256 as PEM, from 'openssl ecparam -name prime256v1 -genkey -noout'.")]
    [ValueName("KEY.pem")]
    public string? Sign { get; set; }
}

/// <summary><c>host plugins pack</c></summary>
internal sealed class PackPlugin(IRunView view) : HostCommand<PackOptions>(
    "plugins pack", "Makes a package of a plugin's folder, with a manifest of its files, that others can install.", order: 58)
{
    protected override Task<int> RunAsync(PackOptions options, CancellationToken cancellation)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(HomeFolder.Expand(options.Folder)));
        if (!Directory.Exists(folder)) throw new DataException($"{options.Folder} is no folder; name the folder of one plugin.");
        var found = PluginFolders.Find([folder]);
        if (found is not [{ } plugin] || Path.GetDirectoryName(plugin.File) != folder)
            throw new DataException($"{options.Folder} is no plugin's folder: it holds no {Path.GetFileName(folder)}.dll. Name the folder "
                + "that the plugin was built into.");
        var catalog = new Catalog();
        PluginLoader.Load(found, catalog);
        if (catalog.Plugins[0] is { Failure: { } failure }) throw new PluginException($"{failure} ({plugin.File})");
        var manifest = PluginPacker.Describe(folder, catalog.Plugins[0].Version,
            catalog.Offers.Select(o => new ProvidedComponent(ComponentKinds.Name(o.Info.Kind), o.Info.Name, o.Info.Summary)), options.Sign);
        var output = OutputFile.Check(options.Output ?? $"{manifest.Id}-{manifest.Version}.zip", options.Force, folder);
        output.Write(stream => PluginPacker.Write(folder, manifest, stream));
        view.Result($"{output.Path}: {manifest.Id} {manifest.Version}, {Wording.Counted(manifest.Files.Count, "file")}, for "
            + $"{SharedAssembliesName} {manifest.Contract}{(manifest.Signature is { } s ? $", signed with the key {s.Key[..12]}" : "")}");
        return Task.FromResult(ExitCodes.Done);
    }

    private static string SharedAssembliesName => typeof(IPlugin).Assembly.GetName().Name!;
}
