using PluginHost.Host.Plugins;

namespace PluginHost.Host.Scoring;

/// <summary>Makes fresh metrics for every evaluation.</summary>
/// <param name="specs">In the order they are shown.</param>
/// <param name="components">Knows which metrics there are.</param>
/// <param name="context">Builds them.</param>
public sealed class MetricFactory(IReadOnlyList<ComponentSpec> specs, IComponentFactory components, BuildContext context)
{
    /// <summary>A fresh set, with one more metric when it is not among them already.</summary>
    /// <param name="with">
    /// For example the one models are chosen by; a name that no metric has is taken for a loss the objective reports.
    /// </param>
    public MetricSet Create(string? with = null)
    {
        List<(string, IMetric)> built = [.. specs.Select(spec => (NameOf(spec), context.Build<IMetric>(spec)))];
        if (with is not null && built.All(m => m.Item1 != with) && Exists(with))
            built.Add((with, context.Build<IMetric>(new ComponentSpec(with))));
        return new MetricSet(built);
    }

    /// <summary>A fresh metric by name; null for a loss that the objective reports.</summary>
    public IMetric? One(string name) =>
        (specs.FirstOrDefault(s => NameOf(s) == name) ?? (Exists(name) ? new ComponentSpec(name) : null)) is { } spec
            ? context.Build<IMetric>(spec) : null;

    /// <summary>Fresh metrics that are shown somewhere although nobody named them, in the order plugins offer them.</summary>
    public static IReadOnlyList<(string Name, IMetric Metric)> Usual(MetricUse use, IComponentFactory components, BuildContext context)
    {
        List<(string, IMetric)> usual = [];
        foreach (var offered in components.Offered.Where(c => c.Kind == typeof(IMetric)))
        {
            try
            {
                var metric = components.Build<IMetric>(new ComponentSpec($"{offered.Plugin.Name}/{offered.Name}"), context);
                if (metric.Usual.HasFlag(use)) usual.Add((offered.Name, metric));
            }
            catch (UsageException)
            {
                // It asks for options, or for a tokenizer that is not there: it is shown where it is named, and says so then.
            }
        }
        return usual;
    }

    /// <summary>Fresh metrics that have a figure of each class.</summary>
    public IReadOnlyList<(string Name, IMetric Metric)> OfEachClass() => Usual(MetricUse.EachClass, components, context);

    /// <summary>Whether larger values of a metric are better. Losses that an objective reports are better when smaller.</summary>
    public bool HigherIsBetter(string name) => One(name) is { HigherIsBetter: true };

    // Two metrics of one kind are told apart by their options.
    private string NameOf(ComponentSpec spec) => specs.Count(s => s.Use == spec.Use) == 1
        ? spec.Use
        : $"{spec.Use}({string.Join(", ", spec.With.Select(w => FormattableString.Invariant($"{w.Key}={w.Value}")))})";

    private bool Exists(string name) => components.Components.Any(c => c.Kind == typeof(IMetric) && c.Name == name);
}
