using Microsoft.Extensions.DependencyInjection;
using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Apps.Comparisons;
using PluginHost.Host.Apps.Sweeps;
using PluginHost.Host.BuiltIns;
using PluginHost.Host.Cli.Commands.Doctor;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.DataTools;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli;

/// <summary>
/// What the host is made of. Commands, sources, metrics and the runner are found by scanning the assembly: adding one needs no
/// list to be edited.
/// </summary>
public static class HostServices
{
    /// <summary>Adds everything.</summary>
    public static IServiceCollection AddHostServices(this IServiceCollection services)
    {
        services.AddSingleton<HostSettings>();
        services.AddSingleton(_ => TerminalFacts.Detect());
        services.AddSingleton<IRunView>(p => new RunView(
            p.GetRequiredService<TerminalFacts>(), p.GetRequiredService<HostSettings>(), Console.Out, Console.Error, TimeProvider.System));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(p => new ComponentFactory(() => LoadCatalog(p)));
        services.AddSingleton<IComponentFactory>(p => p.GetRequiredService<ComponentFactory>());
        services.AddSingleton<PipelineReader>();
        services.AddSingleton<ComparedRuns>();
        services.AddSingleton<PredictionComparer>();
        services.AddSingleton<BenchmarkComparer>();
        services.AddSingleton<BenchmarkRunner>();
        services.AddSingleton(new CommandNoun("plugins", "Shows and checks plugins."));
        services.AddSingleton(new CommandNoun("data", "Makes, divides and examines data sets (docs/data-tools.md)."));
        services.AddSingleton(p => new HostCommands([.. p.GetServices<IHostCommand>(), .. DataCommands(p)], p.GetServices<CommandNoun>()));
        services.AddSingleton<CommandLine>();
        services.AddSingleton<ToolCommands>();
        services.AddSingleton<PluginWarnings>();
        services.AddSingleton(typeof(Lazy<>), typeof(LazyService<>));
        services.Scan(scan => scan.FromAssemblyOf<HostSettings>()
            .AddClasses(c => c.AssignableTo<IHostCommand>().Where(t => t != typeof(DataCommand)), publicOnly: false)
            .As<IHostCommand>().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IExamination>(), publicOnly: false).As<IExamination>().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IDataTool>(), publicOnly: false).As<IDataTool>().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IBuiltIn>(), publicOnly: false).As<IBuiltIn>().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IPipelineRunner>(), publicOnly: false).As<IPipelineRunner>().WithSingletonLifetime());
        return services;
    }

    private static IEnumerable<DataCommand> DataCommands(IServiceProvider services) =>
        services.GetServices<IDataTool>().OrderBy(t => t.Order).Select(t => new DataCommand(t, services.GetRequiredService<IRunView>()));

    private static Catalog LoadCatalog(IServiceProvider services)
    {
        var catalog = new Catalog();
        var builtIns = services.GetServices<IBuiltIn>().OrderBy(b => b.GetType().FullName, StringComparer.Ordinal);
        catalog.Register(null, page =>
        {
            foreach (var builtIn in builtIns) builtIn.Register(page);
        });
        var settings = services.GetRequiredService<HostSettings>();
        var folders = PluginFolders.Default(AppContext.BaseDirectory).Concat(settings.PluginFolders);
        PluginLoader.Load(PluginFolders.Find(folders), catalog);
        return catalog;
    }

    /// <summary>A service made when it is first used, so that a command pays only for what it needs.</summary>
    private sealed class LazyService<T>(IServiceProvider services) : Lazy<T>(services.GetRequiredService<T>) where T : notnull;
}
