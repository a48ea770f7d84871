using System.Globalization;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Pipelines;

/// <summary>
/// Writes a pipeline out in full: every option with its value, so that the file runs the same again even when defaults change.
/// </summary>
internal sealed class PipelineResolver(Catalog catalog)
{
    private readonly OptionsWriter writer = new(catalog);

    /// <summary>The document's text.</summary>
    public string Resolve(PipelineDefinition pipeline) => Resolve(pipeline, PathSearch.RecordedRoots(pipeline));

    /// <summary>The document's text with other <c>pathRoots</c>.</summary>
    public string Resolve(PipelineDefinition pipeline, IReadOnlyList<string> pathRoots)
    {
        var root = new MapNode(Place.None, []);
        root.Set("name", Text(pipeline.Name));
        root.Set("seed", Plain(pipeline.Seed.ToString(CultureInfo.InvariantCulture)));
        root.Set("pathRoots", new ListNode(Place.None, pathRoots.Select(Text)));
        if (pipeline.Plugins.ToNode() is { } plugins) root.Set(WantedPlugins.Key, plugins);
        root.Set("tokenizer", writer.Spec(typeof(ITokenizer), pipeline.Tokenizer));
        root.Set("architecture", writer.Spec(typeof(Backbone), pipeline.Architecture));
        if (pipeline.Heads.Count > 0)
            root.Set("heads", new MapNode(Place.None, pipeline.Heads.Select(h => new MapEntry(h.Key, writer.Spec(typeof(Head), h.Value)))));
        if (pipeline.Start is not null) root.Set("start", Text(pipeline.Start));
        if (pipeline.Observers.Count > 0) root.Set("observers", List(typeof(IRunObserver), pipeline.Observers));
        root.Set("stages", new ListNode(Place.None, pipeline.Stages.Select(Stage)));
        return YamlWriter.Write(root);
    }

    private MapNode Stage(StageDefinition stage)
    {
        var body = new MapNode(Place.None, []);
        body.Set("name", Text(stage.Name));
        if (stage.Tool is { } tool)
        {
            foreach (var (option, value) in writer.Spec(typeof(ITool), tool).Entries.Skip(1))
                if (body[option] is null) body.Set(option, value);
            return new MapNode(Place.None, [new(tool.Use, body)]);
        }
        if (stage.Data is not null) body.Set("data", writer.Spec(typeof(IDataSource), stage.Data));
        if (!StageReader.Trains(stage.Kind)) body.Set("split", Plain(TypeNames.Kebab(stage.Split.ToString())));
        if (stage.Objective is not null) body.Set("objective", writer.Spec(typeof(IObjective), stage.Objective));
        if (StageReader.Trains(stage.Kind)) body.Set("train", Train(stage.Train));
        if (stage.Metrics.Count > 0) body.Set("metrics", List(typeof(IMetric), stage.Metrics));
        if (stage.Kind != StageKind.Predict) body.Set("baselines", Flag(stage.Baselines));
        if (stage.Kind == StageKind.Finetune) body.Set("compareWithScratch", Flag(stage.CompareWithScratch));
        if (stage.LearningRates.Count > 0)
            body.Set("learningRates", new ListNode(Place.None,
                stage.LearningRates.Select(r => Plain(r.ToString("R", CultureInfo.InvariantCulture)))));
        if (stage.ScratchLearningRate is { } rate)
            body.Set("scratchLearningRate", Plain(rate.ToString("R", CultureInfo.InvariantCulture)));
        if (stage.NothingHeldOut) body.Set("heldOut", Plain("none"));
        if (stage.Kind == StageKind.Evaluate) body.Set("breakdown", new ListNode(Place.None, stage.Breakdown.Select(Text)));
        return new MapNode(Place.None, [new(StageNames.Key(stage.Kind), body)]);
    }

    private MapNode Train(TrainOptions train)
    {
        var body = writer.Options(train);
        body.Set("optimizer", Short(typeof(IOptimizerFactory), train.Optimizer!));
        body.Set("schedule", Short(typeof(ISchedule), train.Schedule!));
        return body;
    }

    private ListNode List(Type kind, IReadOnlyList<ComponentSpec> specs) => new(Place.None, specs.Select(s => Short(kind, s)));

    private Node Short(Type kind, ComponentSpec spec) => writer.Spec(kind, spec) is { Entries.Count: > 1 } full ? full : Text(spec.Use);

    private static ScalarNode Text(string text) => new(Place.None, text, Quoted: true);

    private static ScalarNode Plain(string text) => new(Place.None, text, Quoted: false);

    private static ScalarNode Flag(bool flag) => Plain(flag ? "true" : "false");
}
