using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Plugins;
using PluginHost.PluginKit;
using Offer = PluginHost.PluginKit.Offer;

namespace PluginHost.Host.Tests.Plugins.Kit;

/// <summary>Every rule can be broken, and what breaks none has none broken.</summary>
public sealed class ConformanceTests
{
    private static IReadOnlyList<RuleVerdict> Verdicts<T>(Func<BuildContext, T> create, Type? options = null, Examples? examples = null,
        params Offer[] beside) where T : class =>
        [.. new Conformance(Workbench.Of([Of(create, options), .. beside]), examples).Run()
            .Where(v => v.Component.EndsWith(" it", StringComparison.Ordinal) || v.Component.Length == 0)];

    private static Offer Of<T>(Func<BuildContext, T> create, Type? options) where T : class =>
        new(typeof(T), "it", options ?? typeof(NoOptions), "A component.", (_, context) => create(context));

    private static void Sound<T>(Func<BuildContext, T> create, params string[] rules) where T : class
    {
        var verdicts = Verdicts(create);
        Assert.Equal(["descriptions", "building", .. rules], verdicts.Select(v => v.Rule));
        Assert.All(verdicts, v => Assert.True(v.Outcome == Outcome.Kept, $"{v.Rule}: {v.Words}"));
    }

    private static void Broken<T>(Func<BuildContext, T> create, string rule, string words) where T : class
    {
        var verdict = Verdicts(create).FirstOrDefault(v => v.Rule == rule);
        Assert.True(verdict is { Outcome: Outcome.Broken }, $"{rule} is {verdict?.Outcome.ToString() ?? "not there"}: {verdict?.Words}");
        Assert.Contains(words, verdict!.Words);
    }

    [Fact]
    public void A_sound_tokenizer_keeps_all() => Sound(_ => FaultyTokenizer.Sound(),
        "round trip", "ids in vocabulary", "spans", "max tokens", "determinism", "save", "save and load");

    [Theory]
    [InlineData(Fault.Decodes, "round trip", "decode(encode(x)) is")]
    [InlineData(Fault.NegativeId, "ids in vocabulary", "id -1 is outside the vocabulary, which has 10")]
    [InlineData(Fault.LargeId, "ids in vocabulary", "id 99999 is outside the vocabulary, which has 10")]
    [InlineData(Fault.UnorderedSpans, "spans", "comes after")]
    [InlineData(Fault.FarSpan, "spans", "is outside")]
    [InlineData(Fault.EmptySpan, "spans", "covers no bases but is not special")]
    [InlineData(Fault.TooMany, "max tokens", "tokens for")]
    [InlineData(Fault.Miscounts, "max tokens", "CountTokens says")]
    [InlineData(Fault.Changes, "determinism", "two calls give different ids or spans")]
    [InlineData(Fault.DrawsElsewhere, "determinism", "two generators of the same seed")]
    [InlineData(Fault.SavesNothing, "save", "does not write it")]
    [InlineData(Fault.LoadsAnother, "save and load", "another vocabulary")]
    [InlineData(Fault.Throws, "round trip", "it threw InvalidOperationException: no sequence today")]
    public void A_tokenizers_rule_can_be_broken(Fault fault, string rule, string words) =>
        Broken(context => (ITokenizer)new FaultyTokenizer(fault, context), rule, words);

    [Fact]
    public void A_sound_architecture_keeps_all() => Sound(context => (Backbone)new SmallBackbone(context.Tokenizer.Vocabulary.Count),
        "parameter names", "axes", "bfloat16", "captured layers", "determinism", "padding", "batch independence", "gradients",
        "save and load", "causality");

    [Theory]
    [InlineData(Fault.TurnedAxes, "axes", "axis B is")]
    [InlineData(Fault.NotFinite, "axes", "is not finite")]
    [InlineData(Fault.NotFiniteInHalf, "bfloat16", "is not finite")]
    [InlineData(Fault.NoLayers, "captured layers", "hidden states for")]
    [InlineData(Fault.Random, "determinism", "two passes over the same batch give different values")]
    [InlineData(Fault.SeesPadding, "padding", "differs by")]
    [InlineData(Fault.SeesNeighbours, "batch independence", "differs by")]
    [InlineData(Fault.Detached, "gradients", "something detaches it")]
    [InlineData(Fault.Unused, "gradients", "no gradient reaches unused")]
    [InlineData(Fault.Unregistered, "save and load", "the model and one that loaded its weights give different values")]
    [InlineData(Fault.UnstableNames, "parameter names", "different parameter names")]
    [InlineData(Fault.LooksAhead, "causality", "change the hidden states before them")]
    public void An_architectures_rule_can_be_broken(Fault fault, string rule, string words) =>
        Broken(context => (Backbone)new FaultyBackbone(fault, context.Tokenizer.Vocabulary.Count), rule, words);

    [Fact]
    public void A_sound_head_keeps_all() =>
        Sound(_ => (Head)new FaultyHead(Fault.None), "streams", "parameter names", "axes", "determinism", "gradients", "save and load",
            "last linear layer");

    [Theory]
    [InlineData(Fault.TurnedAxes, "axes", "not [B C]")]
    [InlineData(Fault.Random, "determinism", "two passes")]
    [InlineData(Fault.Detached, "gradients", "something detaches it")]
    [InlineData(Fault.Unregistered, "save and load", "give different values")]
    [InlineData(Fault.UnstableNames, "parameter names", "StatePrefix is empty")]
    [InlineData(Fault.Unused, "last linear layer", "LastLinear names 'none.weight'")]
    public void A_heads_rule_can_be_broken(Fault fault, string rule, string words) =>
        Broken(_ => (Head)new FaultyHead(fault), rule, words);

    [Fact]
    public void A_sound_objective_keeps_all()
    {
        var verdicts = Objective(Fault.None);
        Assert.Equal(["descriptions", "building", "roles", "columns", "same seed, same batch", "collate at once", "token count", "loss",
            "widths of scores", "prediction", "gradients"], verdicts.Select(v => v.Rule));
        Assert.All(verdicts, v => Assert.True(v.Outcome == Outcome.Kept, $"{v.Rule}: {v.Words}"));
    }

    [Theory]
    [InlineData(Fault.SecretColumn, "columns", "was promised")]
    [InlineData(Fault.Random, "same seed, same batch", "the same seed gives another")]
    [InlineData(Fault.Shares, "collate at once", "when several batches are made at once")]
    [InlineData(Fault.Miscounts, "token count", "CountTokens says 1")]
    [InlineData(Fault.NotFinite, "loss", "is not finite")]
    [InlineData(Fault.WrongCount, "loss", "SetTargets says")]
    [InlineData(Fault.WrongWidth, "widths of scores", "Targets")]
    [InlineData(Fault.LabelsForPrediction, "prediction", "losses or labels for a batch made for prediction")]
    [InlineData(Fault.Detached, "gradients", "the loss depends on no parameter")]
    public void An_objectives_rule_can_be_broken(Fault fault, string rule, string words)
    {
        var verdict = Objective(fault).FirstOrDefault(v => v.Rule == rule);
        Assert.True(verdict is { Outcome: Outcome.Broken }, $"{rule} is {verdict?.Outcome.ToString() ?? "not there"}: {verdict?.Words}");
        Assert.Contains(words, verdict!.Words);
    }

    private static IReadOnlyList<RuleVerdict> Objective(Fault fault) => Verdicts(_ => (IObjective)new FaultyObjective(fault),
        beside: [new Offer(typeof(Head), "width-2", typeof(NoOptions), "A head.", (_, _) => new FaultyHead(Fault.None))]);

    [Fact]
    public void A_sound_metric_keeps_all() =>
        Sound(_ => (IMetric)new FaultyMetric(Fault.None), "nothing added", "order of batches", "reading", "one of many");

    [Theory]
    [InlineData(Fault.Throws, "nothing added", "it threw InvalidOperationException")]
    [InlineData(Fault.Order, "order of batches", "batches in another order take it from")]
    [InlineData(Fault.Changes, "reading", "read twice it is")]
    [InlineData(Fault.Shares, "one of many", "they share something static")]
    public void A_metrics_rule_can_be_broken(Fault fault, string rule, string words) =>
        Broken(_ => (IMetric)new FaultyMetric(fault), rule, words);

    [Fact]
    public void A_sound_optimizer_keeps_all() => Sound(_ => (IOptimizerFactory)new FaultyOptimizer(Fault.None),
        "steps", "without a gradient", "names of state", "bits after resume");

    [Theory]
    [InlineData(Fault.Lazy, "steps", "has a gradient and does not move")]
    [InlineData(Fault.NotFinite, "steps", "is not finite")]
    [InlineData(Fault.MovesAll, "without a gradient", "has no gradient and moves")]
    [InlineData(Fault.UnstableNames, "names of state", "does not begin with a weight's name")]
    [InlineData(Fault.SavesNothing, "bits after resume", "differs after 3 steps")]
    public void An_optimizers_rule_can_be_broken(Fault fault, string rule, string words) =>
        Broken(_ => (IOptimizerFactory)new FaultyOptimizer(fault), rule, words);

    [Theory]
    [InlineData("finite rates", "the rate is NaN at step 0 of 100", double.NaN)]
    [InlineData("finite rates", "the rate is -1 at step 0 of 100", -1.0)]
    [InlineData("peak", "above the peak", 0.02)]
    [InlineData("pure function", "asked in another order", null)]
    public void A_schedules_rule_can_be_broken(string rule, string words, double? rate) =>
        Broken(_ => (ISchedule)new FaultySchedule(rate), rule, words);

    [Fact]
    public void A_sound_decoder_keeps_all() =>
        Sound(_ => (IDecoder)new FaultyDecoder(Fault.None), "choices", "answers", "same seed, same tokens", "batch independence");

    [Theory]
    [InlineData(Fault.LargeId, "choices", "which is not allowed")]
    [InlineData(Fault.TooMany, "choices", "by which a sequence ends")]
    [InlineData(Fault.SavesNothing, "answers", "prompt 0 has no answer")]
    [InlineData(Fault.Miscounts, "answers", "LogProbability is")]
    [InlineData(Fault.Random, "same seed, same tokens", "give other tokens")]
    [InlineData(Fault.SeesNeighbours, "batch independence", "in two batches give other tokens")]
    public void A_decoders_rule_can_be_broken(Fault fault, string rule, string words) =>
        Broken(_ => (IDecoder)new FaultyDecoder(fault), rule, words);

    [Fact]
    public void A_sound_source_keeps_all() =>
        Sound(_ => (IDataSource)new FaultySource(Fault.None), "splits", "samples", "determinism", "many readers", "files");

    [Theory]
    [InlineData(Fault.SavesNothing, "splits", "it opens no split")]
    [InlineData(Fault.EmptySpan, "samples", "has no id")]
    [InlineData(Fault.Changes, "determinism", "is another for the same seed")]
    [InlineData(Fault.FarSpan, "files", "which is not there")]
    public void A_sources_rule_can_be_broken(Fault fault, string rule, string words) =>
        Broken(_ => (IDataSource)new FaultySource(fault), rule, words);

    [Fact]
    public void An_observer_that_throws_breaks_its_rule() => Broken(_ => (IRunObserver)new Grumbler(), "figures that are unknown",
        "it threw ArgumentException: not a number");

    [Fact]
    public void All_missing_descriptions_are_named_at_once()
    {
        var verdict = Verdicts(_ => (ISchedule)new FaultySchedule(0.01), typeof(Mute)).First(v => v.Rule == "descriptions");
        Assert.Equal("without a [Description], which is the help text: first, third, nested.innermost.", verdict.Words);
    }

    [Fact]
    public void A_component_that_needs_an_option_is_not_tried_until_an_example_gives_it()
    {
        Assert.Equal("it needs option path: give an example in verify.json",
            Verdicts(_ => (ISchedule)new FaultySchedule(0.01), typeof(Needy)).Single(v => v.Outcome == Outcome.NotTried).Words);
        var given = new Examples(new Dictionary<string, Example>
        {
            ["schedule it"] = new() { Options = new Dictionary<string, object?> { ["path"] = "x" } },
        });
        Assert.Contains(Verdicts(_ => (ISchedule)new FaultySchedule(0.01), typeof(Needy), given), v => v.Rule == "pure function");
    }

    [Fact]
    public void An_example_for_nothing_is_told()
    {
        var examples = new Examples(new Dictionary<string, Example> { ["schedule its"] = new() });
        Assert.Equal("verify.json has an example for 'schedule its', which it does not offer (did you mean 'schedule it'?).",
            Verdicts(_ => (ISchedule)new FaultySchedule(0.01), examples: examples).First().Words);
    }

    [Fact]
    public void Kinds_are_called_as_the_host_calls_them() =>
        Assert.Equal(ComponentKinds.All.Select(ComponentKinds.Name), ComponentKinds.All.Select(Kinds.Name));

    private sealed class Mute
    {
        public double First { get; set; }

        [Description("The second.")]
        public double Second { get; set; }

        public double Third { get; set; }

        [Description("More.")]
        public Inner Nested { get; set; } = new();
    }

    private sealed class Inner
    {
        [DisplayName("no help text")]
        public int Innermost { get; set; }
    }

    private sealed class Needy
    {
        [Required, Description("A file.")]
        public string? Path { get; set; }
    }

    private sealed class Grumbler : IRunObserver
    {
        public void Trained(TrainingFigures figures)
        {
            if (double.IsNaN(figures.Seconds)) throw new ArgumentException("not a number");
        }
    }
}
