using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Pipelines;

public sealed class PipelineReaderTests
{
    private static string Complaint(string yaml)
    {
        using var file = new PipelineFile(yaml);
        return file.Complaint();
    }

    private static string Small(string find, string replace)
    {
        Assert.Contains(find, PipelineFile.Small);
        return Complaint(PipelineFile.Small.Replace(find, replace));
    }

    [Fact]
    public void The_comparison_from_random_weights_may_have_its_own_learning_rate_and_only_where_there_is_one()
    {
        using var file = new PipelineFile(PipelineFile.Small);
        var stage = file.Read("stages.finetune.compareWithScratch=true", "stages.finetune.scratchLearningRate=2.0e-3").Stages[1];
        Assert.Equal(2e-3, stage.ScratchLearningRate);
        Assert.Null(file.Read("stages.finetune.compareWithScratch=true").Stages[1].ScratchLearningRate);
        Assert.Contains("scratchLearningRate: must be above 0 and at most 10",
            file.Complaint("stages.finetune.compareWithScratch=true", "stages.finetune.scratchLearningRate=0"));
        Assert.Contains("set 'compareWithScratch: true', or leave it out", file.Complaint("stages.finetune.scratchLearningRate=1.0e-3"));
    }

    [Fact]
    public void A_pipeline_is_read()
    {
        using var file = new PipelineFile(PipelineFile.Small);
        var p = file.Read();
        Assert.Equal(("small", 42UL, "words", "net"), (p.Name, p.Seed, p.Tokenizer.Use, p.Architecture.Use));
        Assert.Equal([StageKind.Pretrain, StageKind.Finetune, StageKind.Evaluate], p.Stages.Select(s => s.Kind));
        Assert.Equal((5, 1.0, 32), (p.Stages[0].Train.Steps, p.Stages[0].Train.Epochs, p.Stages[0].Train.BatchSize));
        Assert.Equal((Split.Test, true, null), (p.Stages[2].Split, p.Stages[2].Baselines, p.Stages[2].Data));
        Assert.Equal(["mcc", "f1"], p.Stages[2].Metrics.Select(m => m.Use));
        Assert.EndsWith("p.yaml:6: stages.0.pretrain", p.Stages[0].Origin);
    }

    [Fact]
    public void Stages_of_one_kind_get_different_names_and_given_names_stay()
    {
        using var file = new PipelineFile(PipelineFile.Small + "\n  - evaluate: { name: evaluate-2 }\n  - evaluate:\n  - evaluate");
        Assert.Equal(["pretrain", "finetune", "evaluate", "evaluate-2", "evaluate-3", "evaluate-4"],
            file.Read().Stages.Select(s => s.Name));
    }

    [Fact]
    public void The_name_defaults_to_the_files()
    {
        using var file = new PipelineFile(PipelineFile.Small.Replace("name: small\n", ""));
        Assert.Equal("p", file.Read().Name);
    }

    [Theory]
    [InlineData("seed: -1", "p.yaml:1: seed: must be a whole number from 0 to 18446744073709551615, but is -1.")]
    [InlineData("seed: many", "p.yaml:1: seed: must be a whole number, but is 'many'.")]
    [InlineData("name: ../up",
        "p.yaml:1: name: '../up' cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', beginning with a letter or digit.")]
    [InlineData("tokeniser: words",
        "p.yaml:1: tokeniser: unknown key 'tokeniser'; a pipeline has: name, seed, plugins, tokenizer, architecture, "
        + "heads, start, observers, stages, variants, grid, seeds, folds, subsets, pathRoots (did you mean 'tokenizer'?).")]
    [InlineData("heads: head", "p.yaml:1: heads: must be a map of names to components, but is 'head'.")]
    [InlineData("heads: { lm: hat }", "p.yaml:1: heads.lm: there is no head 'hat'; there are: head.")]
    [InlineData("pathRoots: { a: b }", "p.yaml:1: pathRoots: must be a list of texts, but is a map.")]
    public void Top_keys_are_strict(string line, string message)
    {
        var rest = line.StartsWith("name") ? PipelineFile.Small.Replace("name: small\n", "") : PipelineFile.Small;
        Assert.Equal(message, Complaint(line + "\n" + rest));
    }

    [Theory]
    [InlineData("{ use: words, k: 3 }", "{ use: words, k: 9 }", "p.yaml:2: tokenizer.k: must be 1 to 8, but is 9.")]
    [InlineData("{ use: words, k: 3 }", "{ use: words, kk: 3 }",
        "p.yaml:2: tokenizer: unknown option 'kk'; WordOptions has: k, vocab (did you mean 'k'?).")]
    [InlineData("{ use: words, k: 3 }", "{ k: 3 }",
        "p.yaml:2: tokenizer: a component is written { use: NAME, option: value }, but this is a map without a name under 'use'.")]
    [InlineData("{ use: words, k: 3 }", "{ use: word }",
        "p.yaml:2: tokenizer.use: there is no tokenizer 'word'; there are: words, wrap (did you mean 'words'?).")]
    [InlineData("{ use: words, k: 3 }", "{ use: net }",
        "p.yaml:2: tokenizer.use: 'net' is an architecture, but a tokenizer is needed here; there are: words, wrap.")]
    [InlineData("{ use: words, k: 3 }", "{ use: wrap }", "p.yaml:2: tokenizer.inner: is required; give a value for 'inner'.")]
    [InlineData("{ use: words, k: 3 }", "{ use: wrap, inner: { use: words, k: 0 } }",
        "p.yaml:2: tokenizer.inner.k: must be 1 to 8, but is 0.")]
    [InlineData("{ use: words, k: 3 }", "{ use: wrap, inner: { use: wodrs } }",
        "p.yaml:2: tokenizer.inner.use: there is no component 'wodrs' (did you mean 'words'?); 'host plugins list' shows what there is.")]
    [InlineData("tokenizer: { use: words, k: 3 }\n", "", "p.yaml:1: tokenizer: is missing; write tokenizer: { use: NAME, ... }.")]
    [InlineData("architecture: net", "architecture:", "p.yaml:3: architecture: is missing; write architecture: { use: NAME, ... }.")]
    [InlineData("steps: 5", "setps: 5", "p.yaml:8: stages.0.pretrain.train: unknown option 'setps'; TrainOptions has: steps,")]
    [InlineData("steps: 5", "steps: -5", "p.yaml:8: stages.0.pretrain.train.steps: must be at least 0, but is -5.")]
    [InlineData("{ steps: 5 }", "fast",
        "p.yaml:8: stages.0.pretrain.train: must be a map with the options of TrainOptions, but is 'fast'.")]
    [InlineData("  - pretrain:", "  - pretain:", "p.yaml:6: stages.0.pretain: unknown kind of stage 'pretain'; there are: pretrain, "
        + "finetune, evaluate, predict, and the tools (did you mean 'pretrain'?).")]
    [InlineData("      data: { use: file, path: a.fa }\n", "", "stages.0.pretrain.data: is missing; write data: { use: NAME, ... }.")]
    [InlineData("{ use: file, path: a.fa }", "{ use: file }",
        "p.yaml:6: stages.0.pretrain.data.path: is required; give a value for 'path'.")]
    [InlineData("      objective: guess", "      objectives: guess", "p.yaml:7: stages.0.pretrain.objectives: unknown key 'objectives'; a "
        + "pretrain stage has: name, data, objective, train, metrics, baselines (did you mean 'objective'?).")]
    [InlineData("{ metrics: [mcc, { use: f1 }] }", "{ metrics: [mmc] }",
        "p.yaml:12: stages.2.evaluate.metrics.0: there is no metric 'mmc'; there are: f1, mcc (did you mean 'mcc'?).")]
    [InlineData("{ metrics: [mcc, { use: f1 }] }", "{ split: tset }",
        "p.yaml:12: stages.2.evaluate.split: must be one of train, dev, test, but is 'tset' (did you mean 'test'?).")]
    [InlineData("{ metrics: [mcc, { use: f1 }] }", "{ train: { steps: 1 } }", "p.yaml:12: stages.2.evaluate.train: unknown key 'train'; an "
        + "evaluate stage has: name, data, split, objective, metrics, baselines, heldOut, breakdown.")]
    [InlineData("{ metrics: [mcc, { use: f1 }] }", "{ baselines: maybe }",
        "p.yaml:12: stages.2.evaluate.baselines: must be true or false, but is 'maybe'.")]
    [InlineData("{ metrics: [mcc, { use: f1 }] }", "[mcc]",
        "p.yaml:12: stages.2.evaluate: must be a map with the keys of an evaluate stage, but is a list.")]
    public void Components_and_stages_are_strict(string find, string replace, string message) =>
        Assert.Contains(message, Small(find, replace));

    [Theory]
    [InlineData("stages:", "p.yaml:3: stages: must be a list with at least one of pretrain, finetune, evaluate, predict.")]
    [InlineData("stages: []", "p.yaml:3: stages: must be a list with at least one of pretrain, finetune, evaluate, predict.")]
    [InlineData("stages: { pretrain: {} }", "p.yaml:3: stages: must be a list with at least one of pretrain, finetune, evaluate, predict.")]
    [InlineData("stages: [ 7 ]",
        "p.yaml:3: stages.0.7: unknown kind of stage '7'; there are: pretrain, finetune, evaluate, predict, and the tools.")]
    [InlineData("stages: [ { evaluate: {}, name: x } ]", "p.yaml:3: stages.0: a stage is one of pretrain, finetune, evaluate, predict with "
        + "its keys beneath it, but this is a map of 2 keys (evaluate, name); is the indentation right?")]
    [InlineData("stages: [ evaluate ]",
        "p.yaml:3: stages.0.evaluate.data: is missing, and no training stage comes before to take it from.")]
    public void Stages_must_be_stages(string stages, string message) =>
        Assert.Contains(message, Complaint("tokenizer: words\narchitecture: net\n" + stages));

    [Theory]
    [InlineData("", "p.yaml is not a pipeline: it must be a map with the keys name, seed,")]
    [InlineData("- a\n- b", "p.yaml is not a pipeline: it must be a map with the keys name, seed,")]
    [InlineData("just text", "p.yaml is not a pipeline: it must be a map with the keys name, seed,")]
    public void A_file_that_is_no_map_is_no_pipeline(string text, string message) => Assert.StartsWith(message, Complaint(text));

    [Fact]
    public void Two_stages_cannot_be_given_one_name() => Assert.Contains(
        "stages.4: a stage before it is named 'same' too; give each its own name.",
        Complaint(PipelineFile.Small + "\n  - predict: { name: same }\n  - evaluate: { name: same }"));

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var lines = Complaint(PipelineFile.Small.Replace("k: 3", "k: 9").Replace("steps: 5", "steps: x").Replace("rate: 0.5", "rate: 5"))
            .Split('\n');
        Assert.Equal([":2:", ":8:", ":11:"], lines.Select(l => ":" + l.Split(':')[1] + ":"));
    }

    [Fact]
    public void Files_that_are_missing_or_folders_say_so()
    {
        Assert.Contains("does not exist; name a pipeline file",
            Assert.Throws<UsageException>(() => FakeCatalog.Reader().Read("/nowhere/p.yaml")).Message);
        Assert.Contains("is a folder", Assert.Throws<UsageException>(() => FakeCatalog.Reader().Read("/tmp")).Message);
    }

    [Fact]
    public void The_train_options_reach_the_stage()
    {
        using var file =
            new PipelineFile(PipelineFile.Small.Replace("steps: 5", "steps: 5, schedule: cosine, precision: bf16, learningRate: 4.0e-4"));
        var train = file.Read().Stages[0].Train;
        Assert.Equal(("cosine", Precision.Bf16, 4e-4), (train.Schedule!.Use, train.Precision, train.LearningRate));
    }

    [Fact]
    public void Optimizer_and_schedule_are_the_defaults_unless_named()
    {
        using var file = new PipelineFile(PipelineFile.Small);
        var (first, second) = (file.Read().Stages[0].Train,
            file.Read("stages.0.train.optimizer={ use: roll, speed: 0.5 }").Stages[0].Train);
        Assert.Equal(("walk", "linear"), (first.Optimizer!.Use, first.Schedule!.Use));
        Assert.Equal(("roll", 0.5), (second.Optimizer!.Use, second.Optimizer.With["speed"]));
    }

    [Theory]
    [InlineData("optimizer: wlak",
        "p.yaml:8: stages.0.pretrain.train.optimizer: there is no optimizer 'wlak'; there are: roll, walk (did you mean 'walk'?).")]
    [InlineData("optimizer: linear",
        "p.yaml:8: stages.0.pretrain.train.optimizer: 'linear' is a schedule, but an optimizer is needed here; there are: roll, walk.")]
    [InlineData("optimizer: { use: roll, speed: 2 }", "p.yaml:8: stages.0.pretrain.train.optimizer.speed: must be 0 to 1, but is 2.")]
    [InlineData("schedule: { use: cosine, floor: 1 }", "p.yaml:8: stages.0.pretrain.train.schedule: unknown option 'floor'")]
    public void Optimizers_and_schedules_are_strict(string line, string message) => Assert.Contains(message, Small("steps: 5", line));

    [Fact]
    public void Observers_are_strict()
    {
        Assert.Contains("p.yaml:1: observers.0: there is no observer 'eye'; there are: watch.",
            Complaint("observers: [ eye ]\n" + PipelineFile.Small));
        using var file = new PipelineFile("observers: watch\n" + PipelineFile.Small);
        Assert.Equal("watch", file.Read().Observers.Single().Use);
        Assert.Contains("\nobservers: [watch]\n", file.Read().ResolvedYaml);
    }
}
