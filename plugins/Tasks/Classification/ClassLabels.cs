using System.Globalization;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Classification;

/// <summary>Class names by index, and how data writes them.</summary>
/// <param name="names">In index order; empty while they are not known.</param>
/// <param name="form">By name or by index.</param>
/// <param name="untrained">Those that no training row has.</param>
internal sealed class ClassLabels(IReadOnlyList<string> names, LabelForm form = LabelForm.Auto,
    IReadOnlyCollection<string>? untrained = null)
{
    private const string Remedy = "Correct the rows, or the objective's 'classes' or 'labels' and the training rows.";

    private readonly Dictionary<string, int> indices = names.Select((name, index) => (name, index)).ToDictionary(p => p.name, p => p.index);
    private readonly bool byName = form != LabelForm.Indices;

    // Where nothing was fitted (a model from elsewhere), a number that is no name can but be an index.
    private readonly bool byIndex = form == LabelForm.Indices || (form == LabelForm.Auto && !names.Any(IsWhole));

    public static ClassLabels From(ClassifyOptions options)
    {
        var names = options.Labels.Length > 0
            ? options.Labels
            : [.. Enumerable.Range(0, options.Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return new(names, options.LabelForm, options.UnseenLabels == Unseen.Error ? options.Untrained : []);
    }

    /// <summary>
    /// The classes that labels of the training split make: in the order of numbers where all are whole ones, else of characters.
    /// </summary>
    /// <exception cref="DataException">A label reads as a missing value, two are alike, or they are measurements.</exception>
    public static ClassLabels Of(TrainingLabels train)
    {
        train.RefuseFaults();
        train.RefuseMeasurements();
        return new([.. train.Labels.All(IsWhole)
            ? train.Labels.OrderBy(l => long.Parse(l, CultureInfo.InvariantCulture))
            : train.Labels.Order(StringComparer.Ordinal)], LabelForm.Names);
    }

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>How data writes them.</summary>
    public LabelForm Form => form;

    /// <summary>The same, with how the rows of the training split write them decided for all splits.</summary>
    /// <exception cref="DataException">Rows have other labels, or some have names and others indices.</exception>
    public ClassLabels Told(TrainingLabels train)
    {
        if (form != LabelForm.Auto) return Fitting(this, train);
        var byName = new ClassLabels(Names, LabelForm.Names);
        var byIndex = new ClassLabels(Names, LabelForm.Indices);
        if (train.Labels.All(byName.Has)) return byName;
        if (!Names.Any(IsWhole) && train.Labels.All(byIndex.Has)) return byIndex;
        if (!Names.Any(IsWhole) && train.Labels.FirstOrDefault(byName.Has) is { } name
            && train.Labels.FirstOrDefault(byIndex.Has) is { } index)
            throw new DataException(
                $"{train.Where(index)}: the label '{index}' is an index, but {train.Where(name)} has the name '{name}'; "
                + "write all rows one way, or set 'labelForm'.");
        return Fitting(byName, train);
    }

    /// <summary>What was decided, for the user: which class each index stands for.</summary>
    public IEnumerable<string> Told() => form == LabelForm.Indices
        ? [$"The training rows write labels as indices of 'labels': {string.Join(", ", Names.Select((n, i) => $"{i} is '{n}'"))}."] : [];

    /// <summary>How data writes a class.</summary>
    public string AsWritten(int index) => form == LabelForm.Indices ? index.ToString(CultureInfo.InvariantCulture) : Names[index];

    /// <summary>A sample's label as written.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public string Written(Sample sample) => sample.Label?.Trim() is { Length: > 0 } text
        ? text
        : throw new DataException($"{sample.Where}: there is no label"
            + $"{(Names.Count > 0 ? $"; known labels are {Libs.Files.NameList.Shorten(Known, 20)}" : "; fill it in or remove the row")}.");

    /// <summary>A sample's class.</summary>
    /// <exception cref="DataException">There is no label, it is unknown, or no training row has it.</exception>
    public int Parse(Sample sample)
    {
        var text = Written(sample);
        if (TryIndex(text, out var index)) return Untrained(sample, index) is { } failure ? throw failure : index;
        var unknown = new UnknownLabels(Known);
        unknown.Add(text, sample, Remark(text));
        throw unknown.Failure(Remedy);
    }

    /// <summary>Looks through a split.</summary>
    /// <exception cref="DataException">As <see cref="Parse"/>, for the first such row, with all labels that are unknown.</exception>
    public void Check(IEnumerable<Sample> samples)
    {
        var unknown = new UnknownLabels(Known);
        DataException? unlearnt = null;
        foreach (var sample in samples)
        {
            var text = Written(sample);
            if (TryIndex(text, out var index)) unlearnt ??= Untrained(sample, index);
            else unknown.Add(text, sample, Remark(text));
        }
        unknown.Refuse(Remedy);
        if (unlearnt is not null) throw unlearnt;
    }

    private DataException? Untrained(Sample sample, int index) => untrained is not { Count: > 0 } || !untrained.Contains(Names[index])
        ? null
        : new($"{sample.Where}: the label '{Names[index]}' is in no training row, so no model can learn it; add training rows with it, "
            + "remove this row, or set 'unseenLabels: score' to count it as wrong.");

    private string? Remark(string text) =>
        byName && !byIndex && IsWhole(text) && !Names.Any(IsWhole) ? "The training rows write names, so a number is no index."
        : !byName && indices.ContainsKey(text) ? "The training rows write indices, not names."
        : null;

    private static ClassLabels Fitting(ClassLabels classes, TrainingLabels train)
    {
        var unknown = new UnknownLabels(classes.Known);
        foreach (var (label, rows) in train.Rows)
            for (var i = 0L; !classes.Has(label) && i < rows; i++) unknown.Add(label, train.First(label));
        unknown.Refuse(Remedy);
        return classes;
    }

    private bool Has(string text) => TryIndex(text, out _);

    /// <summary>The class that a label as written stands for.</summary>
    public bool TryIndex(string text, out int index)
    {
        if (byName && indices.TryGetValue(text, out index)) return true;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && byIndex && index < Names.Count;
    }

    private IReadOnlyList<string> Known => form == LabelForm.Indices ? [.. Names.Select((n, i) => $"{i} ({n})")] : Names;

    private static bool IsWhole(string label) =>
        long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
