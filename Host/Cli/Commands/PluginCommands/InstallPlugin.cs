using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Probing;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins install</c>.</summary>
[Example("host plugins install MyTokenizer-1.2.0.zip")]
[Example("host plugins install bin/plugins/MyTokenizer")]
[Example("host plugins install MyTokenizer.1.2.0.nupkg --require-signed")]
public sealed class InstallOptions
{
    /// <summary>The package.</summary>
    [Required, Positional("PACKAGE")]
    [Description("A zip archive as 'host plugins pack' makes it, a NuGet package, or a plugin's folder.")]
    public string Package { get; set; } = "";

    /// <summary>Whether it must be signed.</summary>
    [Description("Install it only with the signature of a key that 'host plugins trust' knows.")]
    public bool RequireSigned { get; set; }
}

/// <summary><c>host plugins install</c></summary>
internal sealed class InstallPlugin(HostSettings settings, IRunView view, TimeProvider clock) : HostCommand<InstallOptions>(
    "plugins install", "Installs a plugin from a zip archive, a NuGet package or a folder into your own folder of plugins.", order: 53)
{
    protected override async Task<int> RunAsync(InstallOptions options, CancellationToken cancellation)
    {
        var store = new PluginStore(UserFolders.Required(UserFolders.Plugins), view.Say, clock);
        var done = await store.InstallAsync(
            options.Package, new(options.RequireSigned, settings.Trust ? null : TryAsync), cancellation);
        var (name, version) = (done.Manifest.Id, done.Manifest.Version);
        if (done.SignedBy is null && done.Manifest.Signature is not null)
            view.Warn($"{name} is signed with a key that is not trusted here, so the signature says nothing; to trust it: "
                + "host plugins trust KEY.pem");
        if (done.Before is { Length: > 0 } before && PluginVersions.IsOlder(version, before))
            view.Warn($"{name} {version} is older than the {before} that was installed.");
        view.Result(!done.Changed ? $"{name} {version} is installed already in {done.Folder}"
            : $"{name} {version} is installed in {done.Folder}"
                + (done.Before is { Length: > 0 } replaced ? $", in place of {replaced}" : done.Before is null ? ""
                    : ", in place of another")
                + (done.SignedBy is { } signer ? $"; signed by {signer}" : ""));
        if (DisabledPlugins.Read().Has(name)) view.Warn($"{name} is disabled; 'host plugins enable {name}' switches it on.");
        return ExitCodes.Done;
    }

    private static Task<string?> TryAsync(string folder, CancellationToken cancellation) =>
        Task.Run(() => Probe.Try(folder, cancellation).Failure, cancellation);
}
