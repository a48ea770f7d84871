using PluginHost.Checkpoints;
using PluginHost.PluginKit.Rules;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>
/// Tries everything that the contract asks of the components of a plugin, rule by rule: what <c>host plugins verify</c> runs, and a
/// plugin's own tests may.
/// </summary>
/// <param name="bench">Has the components.</param>
/// <param name="examples">What they are tried with; null for defaults.</param>
/// <example><code>
/// var verdicts = new Conformance(new Workbench(new MyPlugin())).Run();
/// Assert.DoesNotContain(verdicts, v =&gt; v.Outcome == Outcome.Broken);
/// </code></example>
public sealed class Conformance(Workbench bench, Examples? examples = null)
{
    private static readonly Dictionary<Type, Func<Subject, IEnumerable<Rule>>> rules = new()
    {
        [typeof(IDataSource)] = SourceRules.Of,
        [typeof(ITokenizer)] = TokenizerRules.Of,
        [typeof(Backbone)] = ArchitectureRules.Of,
        [typeof(IObjective)] = ObjectiveRules.Of,
        [typeof(Head)] = HeadRules.Of,
        [typeof(IMetric)] = MetricRules.Of,
        [typeof(IOptimizerFactory)] = OptimizerRules.Of,
        [typeof(ISchedule)] = ScheduleRules.Of,
        [typeof(IRunObserver)] = ObserverRules.Of,
        [typeof(IDecoder)] = DecoderRules.Of,
        [typeof(ITool)] = ToolRules.Of,
        [typeof(ICheckpointLayout)] = LayoutRules.Of,
        [typeof(IInputFormat)] = LayoutRules.OfInputFormat,
    };

    // Kinds whose rules need no tensor, and so no libtorch.
    private static readonly Type[] withoutTensors =
        [typeof(IDataSource), typeof(ITokenizer), typeof(IMetric), typeof(ISchedule), typeof(IRunObserver), typeof(IDecoder),
            typeof(ITool), typeof(ICheckpointLayout), typeof(IInputFormat)];

    private readonly Examples examples = examples ?? new();

    /// <summary>Called before the rules that compute with tensors: loads libtorch, or throws. Default: nothing.</summary>
    public Action PrepareTensors { get; init; } = () => { };

    /// <summary>Called with the component and the rule that is about to be tried, which may end the process. Default: nothing.</summary>
    public Action<string, string> Trying { get; init; } = (_, _) => { };

    /// <summary>The verdicts, component by component, each as soon as it is there.</summary>
    public IEnumerable<RuleVerdict> Run()
    {
        foreach (var name in examples.Names.Where(n => bench.Offers.All(o => Subject.NameOf(o) != n)))
            yield return new("", "examples", Outcome.Broken, $"{Examples.FileName} has an example for '{name}', which it does not offer"
                + $"{Nearest.Hint(name, bench.Offers.Select(Subject.NameOf))}.");
        foreach (var offer in bench.Offers.ToList())
            foreach (var verdict in Run(new Subject(offer, bench, examples))) yield return verdict;
    }

    private IEnumerable<RuleVerdict> Run(Subject subject)
    {
        yield return Try(subject, DescriptionRules.Of(subject.Offer));
        var built = Try(subject, new("building", () => Build(subject)));
        yield return built;
        if (built.Outcome != Outcome.Kept || !rules.TryGetValue(subject.Offer.Kind, out var ofKind)) yield break;

        using var scope = withoutTensors.Contains(subject.Offer.Kind) ? null : NewDisposeScope();
        // Rules are made with a component that is built: what that throws is a verdict, too.
        IEnumerator<Rule>? left = null;
        RuleVerdict? broken = null;
        while (broken is null)
        {
            var next = (Rule?)null;
            var made = new Rule("building", () => Sensibly(() =>
            {
                left ??= ofKind(subject).GetEnumerator();
                next = left.MoveNext() ? left.Current : null;
            })).Try(subject.Name);
            if (made.Outcome != Outcome.Kept) broken = made;
            else if (next is null) yield break;
            else yield return Try(subject, next);
        }
        yield return broken;
    }

    // Weights start from the same numbers every time: a verdict must not depend on luck.
    private void Prepare()
    {
        PrepareTensors();
        random.manual_seed(20);
    }

    private RuleVerdict Try(Subject subject, Rule rule)
    {
        Trying(subject.Name, rule.Name);
        return rule.Try(subject.Name);
    }

    /// <summary>Builds it once, with what stands beside it.</summary>
    private void Build(Subject subject)
    {
        var missing = OptionBinder.Missing(subject.Offer.Options, subject.Example.Options);
        if (missing.Count > 0)
            throw new NotTriedException($"it needs {(missing.Count == 1 ? "option" : "options")} {string.Join(", ", missing)}: "
                + $"give an example in {Examples.FileName}");
        Sensibly(() =>
        {
            if (!withoutTensors.Contains(subject.Offer.Kind)) Prepare();
            Company.Set(subject);
            ConformanceException.Require(bench.Build(subject.Offer, subject.Example.Options) is not null, "it returned nothing.");
        });
    }

    /// <summary>Does something that may be refused with a sentence for the user: these options, or these samples, are not for it.</summary>
    private static void Sensibly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is UsageException or DataException or ResourceException)
        {
            throw new NotTriedException($"{e.Message.ReplaceLineEndings(" ").TrimEnd('.')}: give an example in {Examples.FileName}");
        }
    }
}
