using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Stages;
using PluginHost.Host.Training;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Stages;

[Collection("libtorch")]
public class StagePlannerTests
{
    private static ComponentSpec Data(long train = 8, long? dev = 4, long? test = 4) => new("lengths", new Dictionary<string, object?>(
        new (string, long?)[] { ("train", train), ("dev", dev), ("test", test) }.Where(s => s.Item2 is not null)
            .Select(s => KeyValuePair.Create(s.Item1, (object?)s.Item2!.Value))));

    private static StageDefinition Stage(StageKind kind, string name, ComponentSpec? data = null, string? objective = "more-a") => new()
    {
        Kind = kind, Name = name, Data = data, Objective = objective is null ? null
            : new ComponentSpec(objective), Origin = $"t.yaml: {name}",
        Train = new() { Optimizer = new("adamw"), Schedule = new("linear") },
    };

    private static (PipelineDefinition Pipeline, PipelineBuildContext Context,
        IReadOnlyList<StageParts> Stages) Plan(params StageDefinition[] stages)
    {
        var pipeline = new PipelineDefinition
        {
            Name = "t", Seed = 9, File = "/t.yaml", Tokenizer = new("letters"), Architecture = new("tiny"), Stages = stages,
            ResolvedYaml = "",
        };
        var components = new FakeComponents();
        var context = new PipelineBuildContext(components, pipeline);
        return (pipeline, context, new StagePlanner(pipeline, components, context).Plan());
    }

    [Fact]
    public void The_backbone_is_carried_on_and_new_stages_get_new_heads()
    {
        var (_, _, stages) = Plan(Stage(StageKind.Pretrain, "pretrain", Data()), Stage(StageKind.Finetune, "finetune", Data()),
            Stage(StageKind.Evaluate, "evaluate", objective: null));

        Assert.Same(stages[0].Model.Backbone, stages[1].Model.Backbone);
        Assert.NotSame(stages[0].Model.Heads["class"], stages[1].Model.Heads["class"]);
        Assert.Same(stages[1].Model, stages[2].Model);
        Assert.Same(stages[1], stages[2].Source);
        Assert.Same(stages[1].Objective, stages[2].Objective);
    }

    [Fact]
    public void What_an_objective_finds_in_its_training_split_becomes_its_options()
    {
        var (_, _, stages) = Plan(
            Stage(StageKind.Finetune, "one", Data(train: 6), "fitted"), Stage(StageKind.Evaluate, "test", Data(test: 3), objective: null),
            Stage(StageKind.Evaluate, "own", Data(test: 3), "fitted"));

        Assert.Equal(6L, stages[0].ObjectiveSpec.With["samples"]);
        Assert.Equal(6L, Assert.IsType<FakeComponents.Fitted>(stages[0].Objective).Spec.With["samples"]);
        Assert.Same(stages[0].Objective, stages[1].Objective);
        Assert.Equal(6L, stages[2].ObjectiveSpec.With["samples"]);
    }

    [Fact]
    public void Heads_go_on_between_pretraining_stages_alone()
    {
        var (_, _, stages) = Plan(
            Stage(StageKind.Pretrain, "one", Data()), Stage(StageKind.Pretrain, "two", Data()), Stage(StageKind.Finetune, "three", Data()),
                Stage(StageKind.Finetune, "four", Data()));

        Assert.Same(stages[0].Model.Heads["class"], stages[1].Model.Heads["class"]);
        Assert.NotSame(stages[1].Model.Heads["class"], stages[2].Model.Heads["class"]);
        Assert.NotSame(stages[2].Model.Heads["class"], stages[3].Model.Heads["class"]);
    }

    [Fact]
    public void A_comparison_starts_from_the_weights_the_run_itself_started_from()
    {
        var (pipeline, context, stages) =
            Plan(Stage(StageKind.Pretrain, "pretrain", Data()), Stage(StageKind.Finetune, "finetune", Data()));
        var scratch = StagePlanner.FromScratch(stages[1], pipeline, context);

        Assert.NotSame(stages[1].Model.Backbone, scratch.Backbone);
        foreach (var ((name, a), (_, b)) in stages[1].Model.State().Zip(scratch.State())) Assert.True(a.equal(b).all().item<bool>(), name);
    }

    [Fact]
    public void Evaluation_of_a_split_the_data_lacks_is_a_data_failure() =>
        Assert.Contains("no test split", Assert.Throws<DataException>(() =>
        Plan(Stage(StageKind.Finetune, "finetune", Data(test: null)), Stage(StageKind.Evaluate, "evaluate", objective: null))).Message);

    [Fact]
    public void An_empty_training_split_is_a_data_failure() =>
        Assert.Contains("empty", Assert.Throws<DataException>(() => Plan(Stage(StageKind.Finetune, "finetune", Data(train: 0)))).Message);

    [Fact]
    public void Evaluation_without_training_names_the_command_to_use() =>
        Assert.Contains("host evaluate", Assert.Throws<UsageException>(() => Plan(Stage(StageKind.Evaluate, "evaluate", Data()))).Message);

    [Fact]
    public void Random_weights_are_a_function_of_the_seed_not_of_what_came_before()
    {
        manual_seed(1);
        var one = Plan(Stage(StageKind.Finetune, "finetune", Data())).Stages[0].Model.State();
        manual_seed(2);
        var two = Plan(Stage(StageKind.Pretrain, "pretrain", Data()), Stage(StageKind.Finetune, "finetune", Data())).Stages[1]
            .Model.State();

        foreach (var ((name, a), (_, b)) in one.Zip(two)) Assert.True(a.equal(b).all().item<bool>(), name);
    }
}
