using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Verification;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary><c>host plugins verify</c>: tries each plugin in a child process, so that even one that ends it can be reported on.</summary>
internal sealed class VerifyPlugins(HostSettings settings, IRunView view) : HostCommand<VerifyOptions>("plugins verify",
    "Tries each plugin in a process of its own: what it needs, and every rule of the contract on what it offers. Exit code 4 if one fails.",
    order: 52)
{
    protected override async Task<int> RunAsync(VerifyOptions options, CancellationToken cancellation)
    {
        var plugins = PluginFolders.Find(options.Folders.Count > 0 ? options.Folders : PluginFolders.Default(AppContext.BaseDirectory));
        if (plugins.Count == 0) throw new UsageException("There are no plugins here; name a folder: host plugins verify DIR.");
        var verification = new PluginVerification([.. settings.PluginFolders, .. options.Folders]);
        void Progress(int done) => view.Progress("plugins verified", done, plugins.Count);
        Progress(0);
        var verdicts = await verification.RunAsync(plugins, Progress, cancellation);
        if (options.Json) view.Result(VerdictTables.Json(verdicts));
        else
        {
            var rules = VerdictTables.Rules(verdicts);
            if (rules.Rows.Count > 0)
            {
                view.Table(rules);
                view.Result("");
            }
            view.Table(VerdictTables.Summary(verdicts));
        }
        return verdicts.All(v => v.IsGood) ? ExitCodes.Done : ExitCodes.Plugin;
    }
}
