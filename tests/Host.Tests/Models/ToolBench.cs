using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Docs;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Host.Tests.Models;

/// <summary>Runs a tool on a model and on sequences in memory.</summary>
internal sealed class ToolBench(TrainedModel model, IReadOnlyList<Sample> samples) : ToolContext
{
    public List<string> Said { get; } = [];

    public override TextWriter Output { get; } = new StringWriter();

    public override void Say(string message) => Said.Add(message);

    public override void Progress(string what, long done, long? total) => OnProgress?.Invoke(done);

    public Action<long>? OnProgress { get; init; }

    public override TrainedModel OpenModel(string path, string device = "auto") => model;

    /// <summary>What files hold; the sequences where none is named.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Sample>> Files { get; init; } = new Dictionary<string, IReadOnlyList<Sample>>();

    public override ISampleSource OpenInput(string path) =>
        new ListedSource(Files.TryGetValue(path, out var held) ? held : samples);

    /// <summary>Runs a tool to its end; it writes to a new place in a folder.</summary>
    /// <returns>The place.</returns>
    public string Run(string command, string folder, params IReadOnlyList<(string Name, object Value)> options)
    {
        var output = Path.Combine(folder, $"{Guid.NewGuid():N}");
        var tool = Tool(command, output, options);
        Assert.Equal(0, tool.RunAsync(this, TestContext.Current.CancellationToken).GetAwaiter().GetResult());
        return output;
    }

    /// <summary>A tool with its options, as a command line gives them.</summary>
    public static ITool Tool(string command, string output, params IReadOnlyList<(string Name, object Value)> options)
    {
        var with = options.ToDictionary(o => o.Name, o => (object?)o.Value);
        with["output"] = output;
        return RealHost.Components.Build<ITool>(new(command, with),
            new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory));
    }

    /// <summary>Rows of a table, without its comments and its names.</summary>
    public static List<string[]> Rows(string folder, string file) =>
        [.. File.ReadLines(Path.Combine(folder, file)).Where(l => l[0] != '#').Skip(1).Select(l => l.Split('\t'))];
}
