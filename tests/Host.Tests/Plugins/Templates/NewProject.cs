using Microsoft.Extensions.DependencyInjection;
using PluginHost.Host.Cli;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Templates;
using PluginHost.Host.Tests.Commands;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Plugins.Templates;

/// <summary>A plugin of every kind, made by the host's command and built where nothing of the checkout is around it.</summary>
public sealed class NewProject : IDisposable
{
    public const string Name = "DNAWords2";
    public const string Component = "dna-words-2";

    private readonly Lazy<ServiceProvider> services;

    public NewProject()
    {
        var (code, _, error) = HostProcess.Run(Around, ["plugins", "new", Name, .. Kinds.SelectMany(kind => (string[])["--kind", kind])]);
        Assert.True(code == 0, error);
        (code, Built) = Sdk.Build(Path.Combine(Folder, Name));
        Assert.True(code == 0, Built);
        services = new(() =>
        {
            var provider = new ServiceCollection().AddHostServices().AddSingleton<IRunView>(new SilentView()).BuildServiceProvider();
            provider.GetRequiredService<HostSettings>().PluginFolders = [Plugins];
            return provider;
        });
    }

    public static IReadOnlyList<string> Kinds { get; } = PluginTemplate.Read().Kinds;

    /// <summary>The folder it was made in.</summary>
    public string Around { get; } = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    /// <summary>Its own folder.</summary>
    public string Folder => Path.Combine(Around, Name);

    /// <summary>What is given to <c>--plugins</c>.</summary>
    public string Plugins => Path.Combine(Folder, "bin", "plugins");

    /// <summary>What the SDK said.</summary>
    public string Built { get; }

    /// <summary>A host with it, in this process.</summary>
    public IServiceProvider Host => services.Value;

    /// <summary>Runs a host with it.</summary>
    public string Run(params IEnumerable<string> arguments)
    {
        var (code, output, error) = HostProcess.Run(Folder, [.. arguments, "--plugins", Plugins]);
        Assert.True(code == 0, error);
        return output + error;
    }

    public void Dispose() => Directory.Delete(Around, recursive: true);
}
