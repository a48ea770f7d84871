using System.Reflection;
using System.Text.Json.Nodes;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Tests.Commands;
using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Plugins.Samples;

/// <summary>All plugins of samples/plugins, built once outside the checkout against the contract and the tensor library alone.</summary>
public sealed class SamplePlugins : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-samples-").FullName;
    private readonly Lazy<ComponentFactory> components;
    private readonly Lazy<string> teacher;

    public SamplePlugins()
    {
        var sources = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
        foreach (var file in Directory.GetFiles(Sources, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Sources, file);
            if (name.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(sources, name))!);
            File.Copy(file, Path.Combine(sources, name));
        }
        var contract = Directory.CreateDirectory(Path.Combine(folder, "contract")).FullName;
        foreach (var file in (string[])["PluginHost.Abstractions.dll", "PluginHost.Torch.dll", "TorchSharp.dll"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(contract, file));
        OutsidePlugin.DotnetBuild(sources, "samples.proj", $"-p:PluginHost={contract}", $"-p:To={Plugins}");
        components = new(Load);
        teacher = new(TrainTeacher);
    }

    /// <summary>Where their sources and pipelines are.</summary>
    public static string Sources => Path.Combine(Repository.Root, "samples", "plugins");

    /// <summary>The folder to give to <c>--plugins</c>.</summary>
    public string Plugins => Path.Combine(folder, "plugins");

    /// <summary>They and the plugins of the checkout.</summary>
    public ComponentFactory Components => components.Value;

    /// <summary>The run that calibration.yaml leaves after a few steps.</summary>
    public string Teacher => teacher.Value;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Builds a component as a pipeline would.</summary>
    public T Build<T>(ComponentSpec spec) where T : class =>
        Components.Build<T>(spec, new PipelineBuildContext(Components, null, null, PathSearch.WorkingDirectory));

    /// <summary>A bench with plugins of this folder and of the checkout.</summary>
    public Workbench Bench(params IEnumerable<string> plugins) => new(plugins.Select(Entry));

    /// <summary>A path that is this test's own.</summary>
    public string At(string name) => Path.Combine(folder, name);

    /// <summary>A run of one of their pipelines, of few steps in single precision.</summary>
    /// <param name="pipeline">Its name.</param>
    /// <param name="output">Of the run folder.</param>
    /// <param name="changes">Of stages and options: <c>path=value</c>.</param>
    public string Run(string pipeline, string output, params string[] changes)
    {
        Host(["run", "--quiet", "--device", "cpu", "--pipeline", Path.Combine(Sources, pipeline), "--output", At(output),
            .. changes.SelectMany(c => (string[])["--set", c])]);
        return At(output);
    }

    /// <summary>What the host prints, which ends well.</summary>
    public string Host(params string[] arguments)
    {
        var (code, output, error) = HostProcess.Run([.. arguments, "--plugins", Plugins]);
        Assert.True(code == 0, output + error);
        return output;
    }

    /// <summary>A stage's record of a run.</summary>
    public static JsonNode Stage(string run, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(run, "summary.json")))!["stages"]!
        .AsArray().First(s => (string)s!["name"]! == name)!;

    private ComponentFactory Load()
    {
        var catalog = new Catalog();
        PluginLoader.Load(PluginFolders.Find([Plugins, Path.Combine(Repository.Root, "artifacts", "plugins")]), catalog);
        return new ComponentFactory(() => catalog);
    }

    private string TrainTeacher() => Run("calibration.yaml", "teacher", "stages.0.train.steps=25", "stages.0.train.evaluateEvery=25",
        "stages.0.train.precision=fp32");

    private IPlugin Entry(string plugin)
    {
        var dll = Path.Combine(Plugins, plugin, plugin + ".dll");
        if (!File.Exists(dll)) dll = Path.Combine(Repository.Root, "artifacts", "plugins", plugin, plugin + ".dll");
        return (IPlugin)Activator.CreateInstance(Assembly.LoadFrom(dll).GetCustomAttribute<PluginAttribute>()!.Entry)!;
    }
}

/// <summary>Tests that share the one build.</summary>
[CollectionDefinition("sample plugins")]
public sealed class SamplePluginsCollection : ICollectionFixture<SamplePlugins>;
