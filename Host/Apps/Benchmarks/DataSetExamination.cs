using System.Globalization;
using System.Text.Json;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Cells;
using PluginHost.Libs.Genomics.Leakage;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>
/// Reads a data set through once: how much there is, which classes, and what of the test split is known from training. Kept in the
/// benchmark's folder while the files stay as they are.
/// </summary>
/// <param name="components">Builds sources.</param>
/// <param name="paths">Where relative paths of sources are looked for.</param>
/// <param name="view">Progress.</param>
public sealed class DataSetExamination(IComponentFactory components, PathSearch paths, IRunView view)
{
    // More labels than this are measurements, not classes.
    private const int MostClasses = 1_000;

    /// <summary>Examines a data set.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="spec">How it is read.</param>
    /// <param name="identity">From which identity sequences count as nearly the same; 0 not to look for such.</param>
    /// <param name="kept">File the facts are kept in.</param>
    /// <param name="cancellation">Stops between sequences.</param>
    /// <exception cref="DataException">The data is malformed, or the test split has a label that training lacks.</exception>
    public DataSetFacts Examine(string name, ComponentSpec spec, double identity, string kept, CancellationToken cancellation)
    {
        var data = new PipelineBuildContext(components, null, null, paths).Build<IDataSource>(spec);
        var key = JsonSerializer.Serialize(
            new { spec = new ComponentSpec(spec.Use, spec.With), identity, files = data.Files.Select(DataFingerprint.Of) }, Json.Line);
        if (Read<Kept>(kept) is { } before && before.Key == key) return before.Facts;
        var train = Samples(data, Split.Train, name) ?? throw new DataException($"{name}: there is no training split.");
        var dev = Samples(data, Split.Dev, name) ?? [];
        var test = Samples(data, Split.Test, name) ?? throw new DataException($"{name}: there is no test split.");
        var labels = Labels(train);
        // What has no labels at all has other fields to learn from, which objectives look for.
        if (train[0].Label is { } only && train.TrueForAll(s => s.Label == only))
            throw new DataException(
                $"{name}: every training sample has the label '{only}'; there is nothing to learn. Correct the labels.");
        Refuse(name, train, labels);
        RefuseUnknown(name, dev, "dev", labels);
        RefuseUnknown(name, test, "test", labels);
        var facts = new DataSetFacts(train.Count, dev.Count, test.Count, labels,
            Count(name, train.Concat(dev), test, identity, cancellation));
        Disk.Guard(kept, () => Directory.CreateDirectory(Path.GetDirectoryName(kept)!));
        SealedText.WriteJson(kept, new Kept(key, facts));
        return facts;
    }

    /// <summary>Test samples of one data set that are known from the training and dev samples of another.</summary>
    /// <param name="what">For progress.</param>
    /// <param name="train">Trained on.</param>
    /// <param name="test">Tested on.</param>
    /// <param name="identity">As in <see cref="Examine"/>.</param>
    /// <param name="kept">File it is kept in.</param>
    /// <param name="cancellation">Stops between sequences.</param>
    public Leakage Across(string what, ComponentSpec train, ComponentSpec test, double identity, string kept,
        CancellationToken cancellation)
    {
        var context = new PipelineBuildContext(components, null, null, paths);
        var (from, to) = (context.Build<IDataSource>(train), context.Build<IDataSource>(test));
        var key = JsonSerializer.Serialize(new { identity, files = from.Files.Concat(to.Files).Select(DataFingerprint.Of) }, Json.Line);
        if (Read<KeptLeakage>(kept) is { } before && before.Key == key) return before.Leakage;
        var leakage = Count(what, (Samples(from, Split.Train, what) ?? []).Concat(Samples(from, Split.Dev, what) ?? []),
            Samples(to, Split.Test, what) ?? [], identity, cancellation);
        Disk.Guard(kept, () => Directory.CreateDirectory(Path.GetDirectoryName(kept)!));
        SealedText.WriteJson(kept, new KeptLeakage(key, leakage));
        return leakage;
    }

    /// <summary>What was found before, or null where there is nothing whole.</summary>
    private T? Read<T>(string kept) where T : class
    {
        if (!File.Exists(kept)) return null;
        var reading = SealedText.ReadJson<T>(kept);
        if (reading.Damage is { } damage) view.Warn($"'{kept}' is damaged ({damage}); its data is read through again.");
        return reading.Content;
    }

    private Leakage Count(string what, IEnumerable<Sample> train, List<Sample> test, double identity, CancellationToken cancellation)
    {
        var count = LeakageFinder.Count(
            train.Select(s => s.Sequence), test.Select(s => { cancellation.ThrowIfCancellationRequested(); return s.Sequence; }),
            identity > 0 ? Closeness.ByIdentity(identity) : null, done =>
                view.Progress($"{what}: test sequences looked for in training", done, test.Count));
        return new(count.Sequences, count.Exact, count.ReverseComplement, count.Near, identity);
    }

    private static List<Sample>? Samples(IDataSource data, Split split, string name)
    {
        if (data.Open(split) is not { } source) return null;
        var samples = new List<Sample>((int)source.Count);
        for (var i = 0L; i < source.Count; i++) samples.Add(source.Get(i, new SeededRandom((ulong)i)));
        return samples.Count > 0 ? samples : throw new DataException($"{name}: the {split.ToString().ToLowerInvariant()} split is empty.");
    }

    /// <summary>Classes in order: whole numbers by value, names by letters. Empty where labels are measurements.</summary>
    private static IReadOnlyList<string> Labels(IReadOnlyList<Sample> samples)
    {
        var labels = samples.Select(s => s.Label?.Trim()).OfType<string>().Distinct().ToList();
        if (labels.Count > MostClasses || labels.Count < 2) return [];
        if (labels.TrueForAll(l => long.TryParse(l, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            return [.. labels.OrderBy(l => long.Parse(l, CultureInfo.InvariantCulture))];
        return labels.TrueForAll(l => double.TryParse(l, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? []
            : [.. labels.Order(StringComparer.Ordinal)];
    }

    private static void RefuseUnknown(string name, IEnumerable<Sample> samples, string split, IReadOnlyList<string> labels)
    {
        var unknown = labels.Count == 0 ? [] : samples.Where(s => s.Label is { } label && !labels.Contains(label.Trim())).ToList();
        if (unknown.Count == 0) return;
        var others = unknown.Select(s => $"'{s.Label}'").Distinct().Skip(1).ToList();
        throw new DataException($"{name}: {unknown[0].Where} of the {split} split has the label '{unknown[0].Label}', which the training "
            + $"split lacks{(others.Count == 0 ? "" : $", as it lacks {NameList.Shorten(others)}")}; its labels are "
            + $"{NameList.Shorten([.. labels], 20)}.");
    }

    /// <summary>Refuses labels that nobody means as classes.</summary>
    private static void Refuse(string name, List<Sample> train, IReadOnlyList<string> labels)
    {
        string Where(string label) => train.First(s => s.Label?.Trim() == label).Where;
        foreach (var label in labels)
            if (LabelNames.Missing(label) is { } missing) throw new DataException($"{name}: {Where(label)}: {missing}.");
        if (labels.Count > 0 && LabelNames.Twins(labels.ToDictionary(l => l, l => train.LongCount(s => s.Label?.Trim() == l))) is { } twins)
            throw new DataException($"{name}: {Where(twins.Label)}: {twins.Problem}.");
    }

    private sealed record Kept(string Key, DataSetFacts Facts);

    private sealed record KeptLeakage(string Key, Leakage Leakage);
}
