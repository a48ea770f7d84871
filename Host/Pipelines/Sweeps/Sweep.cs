using System.Globalization;
using System.Text.RegularExpressions;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Pipelines.Sweeps;

/// <summary>
/// The runs that a document asks for by <c>variants</c>, <c>grid</c>, <c>subsets</c>, <c>seeds</c> and <c>folds</c>: every combination, in
/// this order, the last changing fastest.
/// </summary>
internal sealed partial class Sweep
{
    private const string Variants = "variants", Grid = "grid", Subsets = "subsets", Seeds = "seeds", Folds = "folds";
    private const int MostRuns = 10_000, MostFolds = 1000, LongestPart = 40, LongestName = 100;

    private static readonly string[] keys = [Variants, Grid, Subsets, Seeds, Folds];

    private readonly MapNode root;
    private readonly IReadOnlyList<ComponentInfo> offered;
    private readonly Section section;
    private readonly Problems problems = new();

    /// <param name="root">The document, overrides applied.</param>
    /// <param name="catalog">Knows the components.</param>
    public Sweep(MapNode root, Catalog catalog)
    {
        (this.root, offered) = (root, [.. catalog.Offers.Select(o => o.Info)]);
        section = new Section(root, "a pipeline", PipelineKeys.Top, problems, catalog);
    }

    /// <summary>Whether a document asks for several runs.</summary>
    public static bool IsIn(MapNode root) => keys.Any(key => root[key] is not (null or ScalarNode { IsNull: true }));

    /// <summary>Takes the sweep's keys out of a document.</summary>
    public static void RemoveFrom(MapNode root) => root.Entries.RemoveAll(e => keys.Contains(e.Key));

    /// <summary>The runs.</summary>
    /// <exception cref="UsageException">A key is malformed.</exception>
    public IReadOnlyList<SweepPoint> Points()
    {
        IReadOnlyList<SweepPoint> points = [SweepPoint.Whole];
        foreach (var axis in Axes().ToList())
        {
            if ((long)points.Count * axis.Count > MostRuns)
                problems.Add(root.Place, $"its {string.Join(", ", keys.Where(k => root[k] is not null))} together ask for more than "
                    + $"{MostRuns:N0} runs; make them smaller.");
            problems.ThrowIfAny();
            points = [.. points.SelectMany(point => axis.Select(step => point.With(step.Factor, step.NamePart, step.Change)))];
        }
        problems.ThrowIfAny();
        var taken = new HashSet<string>();
        return [.. points.Select((p, i) => p.Name.Length <= LongestName && taken.Add(p.Name) ? p : p with { Name = $"run-{i + 1:D4}" })];
    }

    private sealed record Step(Factor Factor, string NamePart, Action<MapNode> Change);

    private IEnumerable<IReadOnlyList<Step>> Axes()
    {
        if (section.Get(Variants) is { } variants) yield return Named(variants);
        if (section.Get(Grid) is { } grid)
            foreach (var axis in Options(grid)) yield return axis;
        if (section.Get(Subsets) is not null) yield return Shares();
        if (section.Get(Seeds) is not null) yield return Repeated();
        if (section.Get(Folds) is not null) yield return Validated();
    }

    private IReadOnlyList<Step> Named(Node node)
    {
        if (node is not MapNode { Entries.Count: > 0 } variants)
            throw new UsageException($"{node.Place}: must be a map of names to overrides, but is {node.Describe()}.");
        foreach (var (name, changes) in variants.Entries)
        {
            PipelineReader.CheckName(name, changes.Place, problems);
            if (changes is not (MapNode or ScalarNode { IsNull: true }))
                problems.Add(changes.Place,
                    $"must be a map of dotted paths to values, for example {{ tokenizer.k: 4 }}, but is {changes.Describe()}.");
        }
        return [.. variants.Entries.Select(v => new Step(new(FactorKind.Variant, "variant", v.Key), v.Key, document =>
        {
            foreach (var (path, value) in (v.Value as MapNode)?.Entries ?? []) Overrides.Apply(document, path, value.Under(value.Place));
        }))];
    }

    private IEnumerable<IReadOnlyList<Step>> Options(Node node)
    {
        if (node is not MapNode { Entries.Count: > 0 } grid)
            throw new UsageException($"{node.Place}: must be a map of dotted paths to lists of values, for example {{ "
                + $"stages.finetune.train.learningRate: [1.0e-4, 3.0e-4] }}, but is {node.Describe()}.");
        foreach (var (path, values) in grid.Entries)
        {
            if (values is not ListNode { Items.Count: > 0 } list)
            {
                problems.Add(values.Place, $"must be a list of the values to try, but is {values.Describe()}.");
                continue;
            }
            // The last part of a path names the option, unless another path ends alike.
            var segments = path.Split('.');
            var name = grid.Entries.Count(e => e.Key.Split('.')[^1] == segments[^1]) == 1 ? segments[^1] : path;
            yield return [.. list.Items.Select((value, i) => new Step(
                new(FactorKind.Grid, name, Text(value)), NamePart(name, value, i), document =>
                    Overrides.Apply(document, path, value.Under(value.Place))))];
        }
    }

    private IReadOnlyList<Step> Shares()
    {
        var percents = (IReadOnlyList<double>)section.Value(Subsets, typeof(IReadOnlyList<double>), Array.Empty<double>())!;
        if (percents.Count == 0 || percents.Any(p => !(p > 0 && p <= 100)) || percents.Distinct().Count() < percents.Count)
            problems.Add(section.PlaceOf(Subsets),
                "must be a list of different shares in per cent, each above 0 and at most 100, such as [1, 3, 10, 30, 50, 100].");
        return [.. percents.Select(p => Short(p)).Select(percent => new Step(
            new(FactorKind.Subset, NameOf(FactorKind.Subset), percent), $"{NameOf(FactorKind.Subset)}-{percent}",
            document => Wrap(document, Subsets, typeof(ISubsetOptions), "takes a share of another",
                (nameof(ISubsetOptions.Percent), percent))))];
    }

    private IReadOnlyList<Step> Repeated()
    {
        var seeds = (IReadOnlyList<ulong>)section.Value(Seeds, typeof(IReadOnlyList<ulong>), Array.Empty<ulong>())!;
        if (seeds.Count == 0 || seeds.Distinct().Count() < seeds.Count)
            problems.Add(section.PlaceOf(Seeds), "must be a list of different whole numbers, such as [1, 2, 3].");
        return [.. seeds.Select(s => s.ToString(CultureInfo.InvariantCulture)).Select(seed => new Step(
            new(FactorKind.Seed, "seed", seed), $"seed-{seed}", document => document.Set("seed", Plain(seed))))];
    }

    private IReadOnlyList<Step> Validated()
    {
        var folds = (int)section.Value(Folds, typeof(int), 0)!;
        if (folds is < 2 or > MostFolds)
        {
            problems.Add(section.PlaceOf(Folds), $"must be 2 to {MostFolds:N0}.");
            return [];
        }
        var digits = folds.ToString(CultureInfo.InvariantCulture).Length;
        return [.. Enumerable.Range(1, folds).Select(fold => new Step(
            new(FactorKind.Fold, NameOf(FactorKind.Fold), fold.ToString(CultureInfo.InvariantCulture)),
            $"{NameOf(FactorKind.Fold)}-{fold.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}",
            document => Wrap(
                document, Folds, typeof(IFoldOptions), "divides another into folds", (nameof(IFoldOptions.Folds), $"{folds}"),
                (nameof(IFoldOptions.Fold), $"{fold}"), (nameof(IFoldOptions.Dev), folds > 2 ? "true" : "false"))))];
    }

    /// <summary>Puts the source that plays a part around the data of every finetune stage.</summary>
    private void Wrap(MapNode document, string asked, Type role, string what, params (string Property, string Value)[] options)
    {
        const string Data = "data";
        var source = RoleSearch.Source(offered, role, what);
        var kind = StageNames.Key(StageKind.Finetune);
        var bodies = (document["stages"] as ListNode)?.Items.OfType<MapNode>().Select(stage => stage[kind]).OfType<MapNode>()
            .Where(body => body[Data] is not null).ToList() ?? [];
        if (bodies.Count == 0)
            throw new UsageException($"{document.Place}: {asked} divide the labelled data of finetune stages, and there is none.");
        foreach (var body in bodies)
        {
            var data = body[Data]!;
            body.Set(Data, new MapNode(data.Place,
            [
                new(SpecNodes.Use, Plain(source, data.Place)),
                .. options.Select(o => new MapEntry(RoleSearch.Option(o.Property), Plain(o.Value, data.Place))),
                new(Data, data.Under(data.Place.At(Data))),
            ]));
        }
    }

    private static string NameOf(FactorKind kind) => kind.ToString().ToLowerInvariant();

    private static ScalarNode Plain(string text, Place? place = null) => new(place ?? Place.None, text, Quoted: false);

    private static string Short(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Text(Node value) => value switch
    {
        ScalarNode scalar => scalar.Text,
        ListNode list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        MapNode map => $"{{ {string.Join(", ", map.Entries.Select(e => $"{e.Key}: {Text(e.Value)}"))} }}",
        _ => "",
    };

    private static string NamePart(string name, Node value, int index)
    {
        var text = Unsafe().Replace($"{name}-{Text(value)}", "-").Trim('-', '.');
        return value is ScalarNode && text.Length <= LongestPart ? text : $"{Unsafe().Replace(name.Split('.')[^1], "-")}-{index + 1}";
    }

    [GeneratedRegex("[^A-Za-z0-9.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();
}
