using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>A small pipeline of components that break a rule of the contract while they work, beside the shipped ones.</summary>
internal sealed class Misbehaving : IDisposable
{
    private static readonly string fixture = Path.Combine(Repository.Root, "artifacts", "fixtures", "Misbehaves");
    private static readonly ComponentFactory components = new(() =>
    {
        var catalog = new Catalog();
        PluginLoader.Load(PluginFolders.Find([Path.Combine(Repository.Root, "artifacts", "plugins"), fixture]), catalog);
        return catalog;
    });

    private readonly string folder = Directory.CreateTempSubdirectory("misbehaving-").FullName;

    public Misbehaving()
    {
        var random = new SeededRandom(3);
        var rows = Enumerable.Range(0, 12).Select(i =>
            $"{string.Concat(Enumerable.Range(0, 14 + i).Select(_ => "ACGT"[random.Next(0, 4)]))},{(i % 2 == 0 ? "no" : "yes")}");
        File.WriteAllLines(Path.Combine(folder, "data.csv"), rows.Prepend("sequence,label"));
    }

    /// <summary>The plugin's DLL.</summary>
    public static string Dll => Path.Combine(fixture, "Misbehaves.dll");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Where a run would go.</summary>
    public string Run => Path.Combine(folder, "run");

    /// <summary>Writes the pipeline.</summary>
    /// <param name="faults">What each part does wrong, as options of a pipeline.</param>
    public string Pipeline(string tokenizer = "", string net = "", string head = "", string task = "", string train = "")
    {
        var path = Path.Combine(folder, "p.yaml");
        File.WriteAllText(path, $$"""
            name: bad
            seed: 4
            tokenizer: { use: bad-tok{{Fault(tokenizer)}} }
            architecture: { use: bad-net{{Fault(net)}} }
            heads: { class: { use: bad-head{{Fault(head)}} } }
            stages:
              - finetune:
                  data: { use: table, train: data.csv, dev: data.csv }
                  objective: { use: bad-task{{Fault(task)}} }
                  heldOut: none
                  baselines: false
                  metrics: [ accuracy ]
                  train: { precision: fp32, steps: 4, batchSize: 4, learningRate: 1.0e-3, logEvery: 1, evaluateEvery: 2{{train}} }
            """);
        return path;
    }

    /// <summary>The same pipeline, on a sequence longer than the model.</summary>
    public string Long(string pipeline)
    {
        File.WriteAllLines(Path.Combine(folder, "long.csv"), ["sequence,label", $"{new string('A', 60)},no", $"{new string('C', 60)},yes"]);
        File.WriteAllText(pipeline, File.ReadAllText(pipeline).Replace("data.csv", "long.csv", StringComparison.Ordinal));
        return pipeline;
    }

    /// <summary>The same pipeline, on the plugin's own data.</summary>
    public string OwnData(string pipeline, string fault)
    {
        File.WriteAllText(pipeline, File.ReadAllText(pipeline).Replace("use: table, train: data.csv, dev: data.csv",
            "use: bad-data" + Fault(fault), StringComparison.Ordinal));
        return pipeline;
    }

    /// <summary>Checks the pipeline, as <c>host check</c> does.</summary>
    public int Check(string pipeline, SilentView? view = null) =>
        new PipelineRunner(components, view ?? new SilentView()).CheckAsync(
            new PipelineReader(components).Read(pipeline), new RunRequest(null, "cpu", null), default).GetAwaiter().GetResult();

    /// <summary>Runs the pipeline, as <c>host run</c> does.</summary>
    public int Start(string pipeline) => new PipelineRunner(components, new SilentView()).RunAsync(
        new PipelineReader(components).Read(pipeline), new RunRequest(Run, "cpu", null), default).GetAwaiter().GetResult();

    private static string Fault(string fault) => fault.Length == 0 ? "" : $", fault: {fault}";
}
