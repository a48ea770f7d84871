using System.Globalization;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>Makes the pipelines of a benchmark out of a model's own: its pretraining, and its fine-tuning on any data set.</summary>
/// <param name="reader">Reads pipelines.</param>
/// <param name="components">Knows the options of objectives.</param>
/// <param name="model">The model.</param>
/// <param name="overrides">Of every pipeline.</param>
public sealed class BenchmarkPipelines(PipelineReader reader, IComponentFactory components, BenchmarkModel model,
    IReadOnlyList<string> overrides)
{
    /// <summary>The seeds the pipeline itself names: its <c>seeds:</c>, else its <c>seed:</c>.</summary>
    public IReadOnlyList<ulong> Seeds()
    {
        if (YamlDocument.ReadFile(model.Pipeline) is MapNode root && root["seeds"] is ListNode { Items.Count: > 0 } list)
        {
            ulong[] seeds =
                [.. list.Items.OfType<ScalarNode>()
                    .Where(n => ulong.TryParse(n.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                    .Select(n => ulong.Parse(n.Text, CultureInfo.InvariantCulture))];
            if (seeds.Length == list.Items.Count) return seeds;
        }
        return [reader.Read(model.Pipeline, overrides, root => Begin(root, model.Folder)).Seed];
    }

    /// <summary>How its last finetune stage reads data of its own, and where relative paths of that are looked for.</summary>
    public (ComponentSpec? Data, PathSearch Paths) Reading()
    {
        var pipeline = reader.Read(model.Pipeline, overrides, root => Begin(root, model.Folder));
        return (pipeline.Stages.LastOrDefault(s => s.Kind == StageKind.Finetune)?.Data, PathSearch.Of(pipeline));
    }

    /// <summary>The pretraining that all data sets share; null when the pipeline has none, or the model is trained already.</summary>
    public PipelineDefinition? Pretraining()
    {
        var pretrains = false;
        var pipeline = reader.Read(model.Pipeline, overrides, root =>
        {
            Begin(root, model.Folder);
            var stages = Stages(root);
            var first = FirstOfDataSet(stages);
            pretrains = model.Folder is null && first > 0;
            stages.Items.RemoveRange(Math.Max(first, 1), stages.Items.Count - Math.Max(first, 1));
            root.Set("name", Text($"{model.Name}-pretraining"));
        });
        return pretrains ? pipeline : null;
    }

    /// <summary>Fine-tuning on a data set, and its evaluation.</summary>
    /// <param name="name">Of the run.</param>
    /// <param name="train">What is trained on.</param>
    /// <param name="labels">
    /// Classes in order; empty for those of the training split, whatever the pipeline says of its own; null for measurements.
    /// </param>
    /// <param name="tests">An evaluate stage for each: its name, and its data unless it is what is trained on.</param>
    /// <param name="metric">A metric that must be among those computed; null for the objective's own.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="start">The pretrained model; null for random weights.</param>
    public PipelineDefinition FineTuning(
        string name, ComponentSpec train, IReadOnlyList<string>? labels, IReadOnlyList<(string Stage, ComponentSpec? Data)> tests,
            string? metric, ulong seed, string? start) =>
        reader.Read(model.Pipeline, overrides, root =>
        {
            Begin(root, start);
            root.Set("name", Text(name[..Math.Min(name.Length, 100)]));
            root.Set("seed", Plain(seed.ToString(CultureInfo.InvariantCulture)));
            var stages = Stages(root);
            if (!stages.Items.Exists(s => Kind(s) == StageKind.Finetune))
                throw new UsageException($"{PathNames.Display(model.Pipeline)} has no finetune stage, which a benchmark needs; add one.");
            if (start is not null) stages.Items.RemoveRange(0, FirstOfDataSet(stages));
            var evaluate = stages.Items.Select(s => Body(s, StageKind.Evaluate)).LastOrDefault(b => b is not null);
            stages.Items.RemoveAll(s => Kind(s) is not (StageKind.Pretrain or StageKind.Finetune));
            foreach (var body in stages.Items.Select(s => Body(s, StageKind.Finetune)).OfType<MapNode>())
            {
                body.Set("data", SpecNodes.ToNode(train, Place.None));
                if (labels is not null) Label(body, labels);
            }
            foreach (var (stage, data) in tests) stages.Items.Add(Evaluate(evaluate, stage, data, metric));
        });

    /// <summary>Leaves sweeps aside, and starts from a model; one trained elsewhere brings its tokenizer and architecture.</summary>
    private void Begin(MapNode root, string? start)
    {
        Sweep.RemoveFrom(root);
        if (start is not null) root.Set("start", Text(start));
        if (model.Folder is null) return;
        if (start is not null)
        {
            // What is left out is filled in from there, with the plugins it was made by and no file outside it.
            root.Entries.RemoveAll(e => e.Key is "tokenizer" or "architecture");
            return;
        }
        var card = ModelCard.Read(model.Folder);
        root.Set("tokenizer", SpecNodes.ToNode(card.Tokenizer, Place.None));
        root.Set("architecture", SpecNodes.ToNode(card.Architecture, Place.None));
    }

    /// <summary>Gives an objective of one class a sample (one with both options, 'classes' and 'labels') the data set's classes.</summary>
    private void Label(MapNode body, IReadOnlyList<string> labels)
    {
        if (body["objective"] is not { } written) return;
        var spec = SpecNodes.Read(written);
        var use = spec.Use[(spec.Use.IndexOf('/') + 1)..];
        var options = components.Components.FirstOrDefault(c => c.Kind == typeof(IObjective) && c.Name == use)?.Options;
        if (options is null || OptionProperty.Of(options).Count(o => o.Name is "labels" or "classes") < 2) return;
        var objective = SpecNodes.ToNode(spec, written.Place);
        objective.Entries.RemoveAll(e => e.Key is "classes" or "labels" or "labelForm" or "classWeights");
        if (labels.Count > 0) objective.Set("labels", new ListNode(Place.None, labels.Select(Text)));
        body.Set("objective", objective);
    }

    private static MapNode Evaluate(MapNode? written, string stage, ComponentSpec? data, string? metric)
    {
        var body = new MapNode(Place.None, (written?.Entries ?? []).Where(e => e.Key is not ("data" or "split" or "name")).ToList());
        body.Set("name", Text(stage));
        if (data is not null) body.Set("data", SpecNodes.ToNode(data, Place.None));
        if (metric is not null)
        {
            List<Node> metrics = body["metrics"] switch
            {
                ListNode list => [.. list.Items],
                null or ScalarNode { IsNull: true } => [],
                var one => [one]
            };
            if (metrics.TrueForAll(m => SpecNodes.Read(m).Use != metric)) metrics.Insert(0, Text(metric));
            body.Set("metrics", new ListNode(Place.None, metrics));
        }
        return new MapNode(Place.None, [new(StageNames.Key(StageKind.Evaluate), body)]);
    }

    private ListNode Stages(MapNode root) => root["stages"] as ListNode
        ?? throw new UsageException($"{PathNames.Display(model.Pipeline)}: stages must be a list.");

    /// <summary>The first stage that each data set has for itself: fine-tuning, or pretraining on its sequences.</summary>
    private static int FirstOfDataSet(ListNode stages) =>
        stages.Items.FindIndex(s => Kind(s) == StageKind.Finetune || SequencesOf.IsIn(s));

    private static StageKind? Kind(Node stage)
    {
        var key = stage switch { MapNode { Entries: [var only] } => only.Key, ScalarNode bare => bare.Text, _ => "" };
        return Enum.GetValues<StageKind>().Cast<StageKind?>().FirstOrDefault(k => StageNames.Key(k!.Value) == key);
    }

    private static MapNode? Body(Node stage, StageKind kind) => Kind(stage) != kind ? null
        : stage is MapNode { Entries: [{ Value: MapNode body }] } ? body : new MapNode(stage.Place, []);

    private static ScalarNode Text(string text) => new(Place.None, text, Quoted: true);

    private static ScalarNode Plain(string text) => new(Place.None, text, Quoted: false);
}
