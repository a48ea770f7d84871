using PluginHost.Host.Plugins;
using PluginHost.Host.Tests.Plugins;
using PluginHost.Host.Tests.Training;
using PluginHost.Libs.Genomics.Leakage;

namespace PluginHost.Host.Tests.Stages;

/// <summary>Offers the tiny parts by name, without plugins or option binding.</summary>
internal sealed class FakeComponents : IComponentFactory
{
    public IReadOnlyList<ComponentInfo> Components { get; } =
        [new(typeof(IMetric), "accuracy", "", typeof(NoOptions), SomePlugin.Info),
            new(typeof(IDataSource), "lengths", "", typeof(NoOptions), SomePlugin.Info)];

    public IReadOnlyList<ComponentInfo> Offered => Components;

    public IReadOnlyList<PluginInfo> Plugins { get; init; } = [];

    public T Build<T>(ComponentSpec spec, BuildContext context) where T : class => (T)(object)(spec.Use switch
    {
        "letters" => new TinyParts.Letters(),
        "tiny" => new TinyParts.LetterBackbone(dropout: false),
        "mean" => new TinyParts.MeanHead(),
        "more-a" => new TinyParts.MoreAThanT(),
        "adamw" => Shipped.Build<IOptimizerFactory>("adamw"),
        "linear" => Shipped.Build<ISchedule>("linear"),
        "fitted" => new Fitted(spec),
        "lengths" => new Lengths(spec),
        _ => throw new UsageException($"there is no '{spec.Use}'"),
    });

    /// <summary>An objective that counts its training samples.</summary>
    internal sealed class Fitted(ComponentSpec spec) : TinyParts.MoreAThanT, IFittedObjective
    {
        public ComponentSpec Spec => spec;

        public IReadOnlyDictionary<string, object?> Fit(IEnumerable<Sample> train) =>
            new Dictionary<string, object?> { ["samples"] = (long)train.Count() };
    }

    private sealed class Lengths(ComponentSpec spec) : IDataSource
    {
        public IReadOnlyList<string> Files => [];

        public IReadOnlyList<string> Notes => [];

        public ISampleSource? Open(Split split) =>
            spec.With.TryGetValue(split.ToString().ToLowerInvariant(), out var count)
                ? new FakeSource([.. Enumerable.Repeat(12, (int)(long)count!)]) : null;
    }
}
