using Microsoft.Extensions.DependencyInjection;
using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Apps.Comparisons;
using PluginHost.Host.Apps.Sweeps;
using PluginHost.Host.Cli.Commands;
using PluginHost.Host.Cli.Commands.Doctor;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Probing;
using PluginHost.Host.Plugins.Store;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli;

/// <summary>
/// What the host is made of. Commands and the runner are found by scanning the assembly: adding one needs no list to be edited.
/// </summary>
public static class HostServices
{
    /// <summary>Adds everything.</summary>
    /// <param name="services">Where.</param>
    /// <param name="streams">Where results and messages go; the console's where nobody guards it.</param>
    public static IServiceCollection AddHostServices(this IServiceCollection services, StandardStreams? streams = null)
    {
        services.AddSingleton(streams ?? StandardStreams.Plain());
        services.AddSingleton<HostSettings>();
        services.AddSingleton(_ => TerminalFacts.Detect());
        services.AddSingleton<IRunView>(p => new RunView(
            p.GetRequiredService<TerminalFacts>(), p.GetRequiredService<HostSettings>(), p.GetRequiredService<StandardStreams>().Output,
            p.GetRequiredService<StandardStreams>().Error, TimeProvider.System));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(p => new ComponentFactory(
            asked => LoadCatalog(p, asked), (folders, catalog) => PluginLoader.Add(folders, catalog, found => Examine(p, found)))
        {
            Locked = () => p.GetRequiredService<HostSettings>().Locked,
        });
        services.AddSingleton<IComponentFactory>(p => p.GetRequiredService<ComponentFactory>());
        services.AddSingleton<PipelineReader>();
        services.AddSingleton<InputFormats>();
        services.AddSingleton<SweepRunner>();
        services.AddSingleton<PredictionComparer>();
        services.AddSingleton<BenchmarkComparer>();
        services.AddSingleton<BenchmarkRunner>();
        services.AddSingleton(new CommandNoun("plugins", "Shows, installs and checks plugins."));
        services.AddSingleton<HostCommands>();
        services.AddSingleton<CommandLine>();
        services.AddSingleton<ToolCommands>();
        services.AddSingleton<PluginWarnings>();
        services.AddSingleton(typeof(Lazy<>), typeof(LazyService<>));
        services.Scan(scan => scan.FromAssemblyOf<HostSettings>()
            .AddClasses(c => c.AssignableTo<IHostCommand>(), publicOnly: false).As<IHostCommand>().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IExamination>(), publicOnly: false).As<IExamination>().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IPipelineRunner>(), publicOnly: false).As<IPipelineRunner>().WithSingletonLifetime());
        return services;
    }

    private static Catalog LoadCatalog(IServiceProvider services, IReadOnlyList<string> asked)
    {
        var catalog = new Catalog();
        var settings = services.GetRequiredService<HostSettings>();
        var found = DisabledPlugins.Read().Mark(
            PluginFolders.Find([.. settings.PluginFolders, .. asked, .. PluginFolders.Default(AppContext.BaseDirectory)]));
        // The host's own come first in lists that nobody has ordered, although others go before them.
        PluginLoader.Load(Examine(services, found).GroupBy(f => f.Root).Reverse().SelectMany(f => f), catalog);
        return catalog;
    }

    private static IReadOnlyList<PluginFolder> Examine(IServiceProvider services, IReadOnlyList<PluginFolder> found) =>
        services.GetRequiredService<HostSettings>().Trust ? found
            : ProbeGate.Of(services.GetRequiredService<IRunView>().Warn).Examine(found);

    /// <summary>A service made when it is first used, so that a command pays only for what it needs.</summary>
    private sealed class LazyService<T>(IServiceProvider services) : Lazy<T>(services.GetRequiredService<T>) where T : notnull;
}
