using PluginHost.Checkpoints;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Docs;
using PluginHost.Host.Tests.Training;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Stages;

/// <summary>What fine-tuning keeps of the heads that were trained before it, through whole runs of real components.</summary>
[Collection("libtorch")]
public sealed class CarriedHeadsTests : IDisposable
{
    private const string Gpt = """
        tokenizer: { use: token-language, k: 3, template: "O {sequence} = B" }
        architecture: { use: numeric-gpt, layers: 1, width: 16, attentionHeads: 2, maxPositions: 60 }
        """;

    private const string Bert = """
        tokenizer: { use: kmer, k: 3 }
        architecture: { use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 110 }
        """;

    // Rates at which weights hardly move: what a stage began with shows in what it left.
    private const string Still = "train: { precision: fp32, steps: 1, batchSize: 8, learningRate: 1.0e-9, weightDecay: 0 }";
    private const string Moving = "train: { precision: fp32, steps: 3, batchSize: 8, learningRate: 1.0e-2 }";

    private readonly string here = Directory.CreateTempSubdirectory("pluginhost-heads-").FullName;
    private readonly SilentView view = new();

    public CarriedHeadsTests()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "samples", "fly_splice", "train.csv")).ToList();
        foreach (var (name, from) in ((string, int)[])[("train", 1), ("dev", 41)])
            File.WriteAllLines(Path.Combine(here, $"{name}.csv"), rows.Skip(from).Take(40).Prepend(rows[0]));
        // Two labels of each kind, and a number.
        foreach (var (name, yes, no) in ((string, string, string)[])[("ab", "a", "b"), ("cd", "c", "d")])
            File.WriteAllLines(Path.Combine(here, $"{name}.csv"),
                rows.Skip(1).Take(40).Select((r, i) => $"{r.Split(',')[0]},{(i % 2 == 0 ? yes : no)},{i / 40.0:0.000},{i}")
                    .Prepend("sequence,label,x,y"));
    }

    public void Dispose() => Directory.Delete(here, recursive: true);

    private static string Pretrain(string name, string objective, string train = Moving) =>
        $"  - pretrain: {{ name: {name}, data: {{ use: table, train: train.csv, dev: dev.csv }}, objective: {objective}, {train}, "
            + "baselines: false }\n";

    private static string Finetune(string name, string table, string objective, string label = "label", string train = Still) =>
        $"  - finetune: {{ name: {name}, data: {{ use: table, train: {table}.csv, label: {label} }}, objective: {objective}, {train}, "
            + "baselines: false }\n";

    private PipelineDefinition Read(string top, string stages)
    {
        var file = Path.Combine(here, $"{Guid.NewGuid():n}.yaml");
        File.WriteAllText(file, $"name: heads\nseed: 3\n{top}\nstages:\n{stages}");
        return RealHost.Pipelines.Read(file);
    }

    private async Task<string> Run(string output, string top, string stages)
    {
        var folder = Path.Combine(here, output);
        var runner = new PipelineRunner(RealHost.Components, view);
        Assert.Equal(0, await runner.RunAsync(Read(top, stages), new(folder, "cpu", null), TestContext.Current.CancellationToken));
        return folder;
    }

    private IReadOnlyList<StageParts> Plan(string top, string stages)
    {
        var pipeline = Read(top, stages);
        return new StagePlanner(pipeline, RealHost.Components, new PipelineBuildContext(RealHost.Components, pipeline)).Plan();
    }

    private static Dictionary<string, float[]> Heads(string file, params string[] prefixes)
    {
        using var weights = SafetensorsFile.Open(file);
        return weights.Entries.Where(e => prefixes.Any(p => e.Name.StartsWith(p, StringComparison.Ordinal)))
            .ToDictionary(e => e.Name, e => weights.Read(e.Name).data<float>().ToArray());
    }

    private static string ModelOf(string run) => Path.Combine(run, "model", "model.safetensors");

    private static void Same(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.NotEmpty(expected);
        foreach (var (name, values) in expected)
            for (var i = 0; i < values.Length; i++) Assert.True(Math.Abs(values[i] - actual[name][i]) < 1e-6, $"{name}[{i}]");
    }

    private string Said(string beginning) => Assert.Single(view.Said, s => s.StartsWith(beginning, StringComparison.Ordinal));

    [Fact]
    public async Task A_pretrained_DNAGPT_keeps_its_token_head_for_answers_and_its_number_head_for_numbers()
    {
        var pretrained = await Run("pretrained", Gpt, Pretrain("three", "dna-multitask"));
        var classified = await Run("classified", "start: pretrained\nheads: { class: { use: answer-token-head, tokens: [ A, N ] } }",
            Finetune("finetune", "ab", "{ use: classify, labels: [ a, b ] }"));
        var regressed = await Run("regressed", "start: pretrained\nheads: { value: answer-number-head }",
            Finetune("finetune", "ab", "{ use: regress, targets: x }", label: "none"));

        Same(Heads(ModelOf(pretrained), "mlm_head."), Heads(ModelOf(classified), "mlm_head."));
        Same(Heads(ModelOf(pretrained), "num_regression."), Heads(ModelOf(regressed), "num_regression."));
        Assert.Equal("finetune: head 'class' (answer-token-head) goes on with the weights of 'pretrained': mlm_head.0.weight, "
            + "mlm_head.2.weight, mlm_head.3.weight.", Said("finetune: head 'class'"));
        Assert.Contains("goes on with the weights of 'pretrained': num_regression.0.weight", Said("finetune: head 'value'"));
        Assert.Contains("goes on with", File.ReadAllText(Path.Combine(classified, "summary.json")));
    }

    [Fact]
    public async Task Heads_go_on_from_stages_before_with_the_weights_those_left()
    {
        var run = await Run("both", Gpt + "\nheads: { class: { use: answer-token-head, tokens: [ A, N ] }, value: answer-number-head }",
            Pretrain("three", "dna-multitask") + Finetune("classify", "ab", "{ use: classify, labels: [ a, b ] }")
            + Finetune("regress", "ab", "{ use: regress, targets: x }", label: "none"));

        var checkpoints = Directory.GetDirectories(Path.Combine(run, "checkpoints", "three")).Order(StringComparer.Ordinal);
        var pretrained = Heads(Path.Combine(checkpoints.Last(), "model.safetensors"), "num_regression.");
        Same(pretrained, Heads(ModelOf(run), "num_regression."));
        Assert.Contains("weights of stage 'three': mlm_head.0.weight", Said("classify: head 'class'"));
        Assert.Contains("weights of stage 'three': num_regression.0.weight", Said("regress: head 'value'"));
    }

    [Fact]
    public void A_head_of_another_shape_is_new_and_both_shapes_are_named()
    {
        var stages = Plan(Gpt + "\nheads: { value: { use: answer-number-head, outputs: 2 } }",
            Pretrain("three", "dna-multitask") + Finetune("finetune", "ab", "{ use: regress, targets: [ x, y ] }", label: "none"));

        Assert.Equal("head 'value' (answer-number-head) is new and begins at random: num_regression.0.weight, num_regression.2.weight, "
            + "num_regression.3.weight. In stage 'three' 'num_regression.3.weight' has the shape [1, 16], here [2, 16].",
            Assert.Single(stages[1].Carried.Notes));
    }

    [Theory]
    [InlineData("cd", "{ use: classify, labels: [ c, d ] }", "for the outputs a, b, here they are c, d")]
    [InlineData("ab", "{ use: classify, labels: [ b, a ] }", "for the outputs a, b, here they are b, a")]
    [InlineData("ab", "{ use: regress, targets: [ x, y ] }", "were trained by 'classify' for another task", "none")]
    public void A_class_head_goes_on_for_the_same_labels_of_the_same_objective_alone(string table, string objective, string reason,
        string label = "label")
    {
        var stages = Plan(Bert, Finetune("one", "ab", "{ use: classify, labels: [ a, b ] }") + Finetune("two", table, objective, label));
        var before = stages[1].Model.HeadState().Select(w => w.Tensor.clone()).ToList();

        stages[1].Carried.Carry();

        var note = Assert.Single(stages[1].Carried.Notes);
        Assert.Contains("is new and begins at random: classifier.weight, classifier.bias", note);
        Assert.True(note.Contains(reason), note);
        foreach (var (was, (name, now)) in before.Zip(stages[1].Model.HeadState())) Assert.True(was.equal(now).all().item<bool>(), name);
    }

    [Fact]
    public void The_nearest_stage_with_the_same_labels_hands_its_class_head_on_as_it_is_then()
    {
        var stages = Plan(Bert, Finetune("one", "ab", "{ use: classify, labels: [ a, b ] }")
            + Finetune("two", "cd", "{ use: classify, labels: [ c, d ] }")
                + Finetune("three", "ab", "{ use: classify, labels: [ a, b ] }"));
        using (no_grad()) foreach (var (_, weight) in stages[0].Model.HeadState()) weight.fill_(0.5);

        stages[2].Carried.Carry();

        foreach (var (name, weight) in stages[2].Model.HeadState()) Assert.True(weight.eq(0.5).all().item<bool>(), name);
        Assert.NotSame(stages[0].Model.Heads["class"], stages[2].Model.Heads["class"]);
        Assert.Contains("goes on with the weights of stage 'one'", Assert.Single(stages[2].Carried.Notes));
    }

    [Fact]
    public void Between_pretraining_stages_a_masked_lm_head_goes_on_even_where_its_options_differ()
    {
        var stages = Plan(Bert, Pretrain("one", "masked-lm") + Pretrain("two", "{ use: masked-lm, rate: 0.3 }"));

        Assert.Contains("head 'lm' (masked-lm-head) is that of stage 'one'", Assert.Single(stages[1].Carried.Notes));
    }

    [Fact]
    public void Where_nothing_was_trained_before_nothing_is_said()
    {
        var stages = Plan(Bert, Pretrain("one", "masked-lm") + Finetune("two", "ab", "{ use: classify, labels: [ a, b ] }"));

        Assert.Empty(stages[0].Carried.Notes);
        Assert.Equal("two: head 'class' (classification-head) is new and begins at random: classifier.weight, classifier.bias.",
            Assert.Single(stages[1].HeadNotes));
    }

    [Fact]
    public async Task A_model_with_adapters_that_are_not_merged_starts_a_run_with_them()
    {
        var lora = Moving.Replace("1.0e-2", "1.0e-1").Replace(" }", ", tune: lora, lora: { targets: [ all-linear ], rank: 2 } }");
        var adapted = await Run("adapted", Bert, Finetune("one", "ab", "{ use: classify, labels: [ a, b ] }", train: lora));
        var on = await Run("on", "start: adapted", Finetune("two", "ab", "{ use: classify, labels: [ a, b ] }"));
        using var merged = LoadedModel.Load(adapted, null, "cpu", RealHost.Components);
        merged.Model.Adapters!.Merge();

        var began = Heads(ModelOf(on), "bert.", "classifier.");
        Same(merged.Model.State().ToDictionary(w => w.Name, w => w.Tensor.detach().data<float>().ToArray()), began);
    }
}
