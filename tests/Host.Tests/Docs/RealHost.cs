using Microsoft.Extensions.DependencyInjection;
using PluginHost.Host.Cli;
using PluginHost.Host.Cli.Commands;
using PluginHost.Host.Foundation;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Docs;

/// <summary>The host's own services with every plugin that was built, in this process.</summary>
internal static class RealHost
{
    private static readonly Lazy<ServiceProvider> services = new(() =>
        new ServiceCollection().AddHostServices().AddSingleton<IRunView>(new SilentView()).BuildServiceProvider());

    public static ComponentFactory Components => services.Value.GetRequiredService<ComponentFactory>();

    public static PipelineReader Pipelines => services.Value.GetRequiredService<PipelineReader>();

    public static IPipelineRunner Runner => services.Value.GetRequiredService<IPipelineRunner>();

    public static CommandLine Commands => services.Value.GetRequiredService<CommandLine>();
}
