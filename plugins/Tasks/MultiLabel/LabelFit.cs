using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.MultiLabel;

/// <summary>What a training split says about its labels: how they are written, their names, how often each holds.</summary>
internal sealed class LabelFit
{
    private readonly MultiLabelOptions options;
    private readonly string[] fields;
    private readonly LabelFormat format;
    private readonly IReadOnlyList<string> labels;
    private readonly long[] held;
    private readonly long[] known;

    /// <param name="options">As the pipeline has them.</param>
    /// <param name="train">The training samples, read several times.</param>
    public LabelFit(MultiLabelOptions options, IReadOnlyList<Sample> train)
    {
        this.options = options;
        fields = NumberFields.Resolve(options.Fields, train[0], "fields");
        format = options.Format == LabelFormat.Auto ? Told(train) : options.Format;
        labels = options.Labels.Length > 0 ? options.Labels : Names(train);
        (held, known) = (new long[labels.Count], new long[labels.Count]);
        var set = new LabelSet(fields, format, labels);
        foreach (var sample in train)
        {
            var row = set.Read(sample);
            for (var c = 0; c < row.Length; c++)
            {
                if (float.IsNaN(row[c])) continue;
                known[c]++;
                if (row[c] == 1) held[c]++;
            }
        }
        if (labels.Count == 0)
            throw new DataException(
                $"No training row has a label in {string.Join(", ", fields.Select(f => $"'{f}'"))}; name the column with 'fields'.");
    }

    /// <summary>Adds the options that follow.</summary>
    public void Write(IDictionary<string, object?> fitted)
    {
        fitted["fields"] = fields;
        fitted["format"] = format.ToString().ToLowerInvariant();
        fitted["labels"] = labels;
        if (Array.Exists(held, h => h == 0)) fitted["untrained"] = labels.Where((_, c) => held[c] == 0).ToArray();
        if (options.Weighting == Weighting.Balanced && options.PositiveWeights.Length == 0)
            fitted["positiveWeights"] = held.Select((h, c) => h == 0 || h == known[c] ? 1 : (double)(known[c] - h) / h).ToArray();
    }

    private LabelFormat Told(IReadOnlyList<Sample> train)
    {
        var numbers = new NumberFields(fields, "fields");
        var width = -1;
        foreach (var sample in train)
        {
            if (LabelSet.Flags(sample, numbers) is not { } flags || (width >= 0 && flags.Length != width)) return LabelFormat.Names;
            width = flags.Length;
        }
        return width > 1 || (fields.Length == 1 && options.Labels.Length == 1) ? LabelFormat.Flags : LabelFormat.Names;
    }

    private IReadOnlyList<string> Names(IReadOnlyList<Sample> train)
    {
        if (format == LabelFormat.Names)
            return [.. train.SelectMany(s => LabelSet.List(s, fields)).Distinct().Order(StringComparer.Ordinal)];
        if (fields.Length > 1) return fields;
        var count = LabelSet.Flags(train[0], new NumberFields(fields, "fields"))?.Length ?? 0;
        return [.. Enumerable.Range(0, count).Select(i => $"{fields[0]}_{i}")];
    }
}
