using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;
using PluginHost.Host.Records;

namespace PluginHost.Host.Pipelines;

/// <summary>Reads the <c>stages:</c> of a pipeline.</summary>
internal sealed class StageReader(Catalog catalog, Problems problems)
{
    private const string NameKey = "name";

    private static readonly Dictionary<string, StageKind> kinds = StageNames.Kinds.ToDictionary(StageNames.Key);

    public IReadOnlyList<StageDefinition> ReadAll(MapNode root)
    {
        if (root["stages"] is not ListNode { Items.Count: > 0 } list)
        {
            problems.Add(root["stages"]?.Place ?? root.Place.At("stages"),
                $"must be a list with at least one of {string.Join(", ", kinds.Keys)}.");
            return [];
        }
        var names = StageNames.Of(list);
        var stages = new List<StageDefinition>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (names.Take(i).Contains(names[i]))
                problems.Add(list.Items[i].Place, $"a stage before it is named '{names[i]}' too; give each its own name.");
            PipelineReader.CheckName(names[i], list.Items[i].Place, problems);
            if (Read(list.Items[i], names[i]) is not { } stage) continue;
            CheckOrder(stage, stages, list.Items[i].Place);
            stages.Add(stage);
        }
        return stages;
    }

    private StageDefinition? Read(Node node, string name)
    {
        if (node is ScalarNode { IsNull: false } bare)
            node = new MapNode(bare.Place, [new(bare.Text, new MapNode(bare.Place.At(bare.Text), []))]);
        if (node is not MapNode { Entries: [var (key, body)] })
        {
            problems.Add(node.Place,
                $"a stage is one of {string.Join(", ", kinds.Keys)} with its keys beneath it, but this is {Describe(node)}.");
            return null;
        }
        var isTool = !kinds.TryGetValue(key, out var kind) && IsTool(key);
        if (!isTool && !kinds.ContainsKey(key))
        {
            string[] known = [.. kinds.Keys, .. Tools];
            problems.Add(body.Place,
                $"unknown kind of stage '{key}'; there are: {string.Join(", ", kinds.Keys)}, and the tools{Nearest.Hint(key, known)}.");
            return null;
        }
        if (body is ScalarNode { IsNull: true }) body = new MapNode(body.Place, []);
        if (body is MapNode options && isTool) return ReadTool(key, name, options);
        if (body is MapNode map)
            return Read(kind, name, new Section(map, WithArticle(key), PipelineKeys.Stage(kind), problems, catalog), map.Place);
        problems.Add(body.Place, $"must be a map with the keys of {WithArticle(key)}, but is {body.Describe()}.");
        return null;
    }

    /// <summary>Whether a key names a tool, with its plugin before it where two offer one of that name.</summary>
    private bool IsTool(string key) => Tools.Contains(key[(key.IndexOf('/') + 1)..]);

    private IEnumerable<string> Tools => catalog.Offers.Where(o => o.Info.Kind == typeof(ITool)).Select(o => o.Info.Name);

    /// <summary>
    /// A tool with its options beneath its name. <c>name:</c> is the stage's, and the tool's where it has an option of that name.
    /// </summary>
    private StageDefinition ReadTool(string tool, string name, MapNode body)
    {
        var options = new MapNode(body.Place, body.Entries.Where(e => e.Key != NameKey));
        var offer = catalog.Offers.First(o => o.Info.Kind == typeof(ITool) && o.Info.Name == tool[(tool.IndexOf('/') + 1)..]);
        if (OptionProperty.Of(offer.Info.Options).Any(o => o.Name == NameKey))
            options.Set(NameKey, new ScalarNode(body.Place.At(NameKey), name, Quoted: true));
        var spec = new ComponentSpec(tool, new NodeMap(options)) { Origin = body.Place.ToString() };
        SpecCheck.Options(catalog, typeof(ITool), spec, problems);
        return new StageDefinition { Kind = StageKind.Tool, Name = name, Tool = spec, Origin = body.Place.ToString() };
    }

    private static StageDefinition Read(StageKind kind, string name, Section body, Place place)
    {
        var trains = Trains(kind);
        return new StageDefinition
        {
            Kind = kind,
            Name = name,
            Data = body.Spec("data", typeof(IDataSource), required: trains),
            Split = (Split)body.Value("split", typeof(Split), Split.Test)!,
            Objective = body.Spec("objective", typeof(IObjective), required: trains),
            Train = trains ? Training(body) : new TrainOptions(),
            Metrics = body.SpecList("metrics", typeof(IMetric)),
            Baselines = (bool)body.Value("baselines", typeof(bool), kind is StageKind.Evaluate or StageKind.Pretrain)!,
            CompareWithScratch = (bool)body.Value("compareWithScratch", typeof(bool), false)!,
            ScratchLearningRate = ScratchRate(body),
            LearningRates = Rates(body),
            NothingHeldOut = body.Value("heldOut", typeof(HeldOutChoice), null) is HeldOutChoice.None,
            Breakdown = (IReadOnlyList<string>)body.Value("breakdown", typeof(IReadOnlyList<string>), Breakdown.Usual)!,
            Origin = place.ToString(),
        };
    }

    private static IReadOnlyList<double> Rates(Section body)
    {
        const string Key = "learningRates";
        var rates = (IReadOnlyList<double>)body.Value(Key, typeof(IReadOnlyList<double>), Array.Empty<double>())!;
        if (rates.Any(r => !(r is > 0 and <= 10))) body.Refuse(Key, "must be above 0 and at most 10, each of them.");
        if (rates.Distinct().Count() < rates.Count) body.Refuse(Key, "names a rate twice.");
        if (rates.Count > 0 && body.Value("scratchLearningRate", typeof(double), null) is not null)
            body.Refuse(Key, "are tried by the comparison from random weights too; leave 'scratchLearningRate' out.");
        return rates;
    }

    private static double? ScratchRate(Section body)
    {
        const string Key = "scratchLearningRate";
        if (body.Value(Key, typeof(double), null) is not double rate) return null;
        if (!(rate is > 0 and <= 10)) body.Refuse(Key, "must be above 0 and at most 10.");
        if (!(bool)body.Value("compareWithScratch", typeof(bool), false)!)
            body.Refuse(Key, "is the rate of the comparison from random weights; set 'compareWithScratch: true', or leave it out.");
        return rate;
    }

    private static TrainOptions Training(Section body)
    {
        var train = body.Options<TrainOptions>("train");
        train.Optimizer = body.Option("train", "optimizer", train.Optimizer, typeof(IOptimizerFactory));
        train.Schedule = body.Option("train", "schedule", train.Schedule, typeof(ISchedule));
        return train;
    }

    private void CheckOrder(StageDefinition stage, List<StageDefinition> before, Place place)
    {
        if (Trains(stage.Kind) || before.Exists(s => Trains(s.Kind))) return;
        if (stage.Tool is { Use: var tool })
        {
            problems.Add(place, $"no training stage comes before '{tool}'; to use it without one, run the command: host {tool}.");
            return;
        }
        foreach (var (missing, key) in new[] { (stage.Data is null, "data"), (stage.Objective is null, "objective") })
            if (missing) problems.Add(place.At(StageNames.Key(stage.Kind)).At(key),
                "is missing, and no training stage comes before to take it from.");
    }

    internal static bool Trains(StageKind kind) => kind is StageKind.Pretrain or StageKind.Finetune;

    private static string WithArticle(string kind) => ("aeiou".Contains(kind[0]) ? "an " : "a ") + kind + " stage";

    private static string Describe(Node node) =>
        node is MapNode map
            ? $"a map of {map.Entries.Count} keys ({string.Join(", ", map.Entries.Select(e => e.Key))}); is the indentation right?"
            : node.Describe();
}
