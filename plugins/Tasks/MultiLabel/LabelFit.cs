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
        var seen = new TrainingLabels();
        (held, known) = (new long[labels.Count], new long[labels.Count]);
        var set = new LabelSet(fields, format, labels);
        set.Check(train);
        foreach (var sample in train)
        {
            var row = set.Read(sample);
            for (var c = 0; c < row.Length; c++)
            {
                if (float.IsNaN(row[c])) continue;
                known[c]++;
                if (row[c] != 1) continue;
                held[c]++;
                seen.Add(labels[c], sample);
            }
        }
        if (labels.Count == 0)
            throw new DataException(
                $"No training row has a label in {string.Join(", ", fields.Select(f => $"'{f}'"))}; name the column with 'fields'.");
        Warnings = [.. seen.Rare(labels)];
    }

    /// <summary>Labels that hold in one row or none.</summary>
    public IReadOnlyList<string> Warnings { get; }

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

    /// <summary>Flags where every row has the same number of them; a few rows that do not fit are mistakes, not names.</summary>
    private LabelFormat Told(IReadOnlyList<Sample> train)
    {
        var numbers = LabelSet.Numbers(fields);
        var (flagged, named, width) = (0L, 0L, 0);
        Sample? first = null, other = null, narrower = null;
        foreach (var sample in train)
        {
            var flags = LabelSet.Flags(sample, numbers);
            if (flags is null && Truth(sample) is { } word)
                throw new DataException($"{sample.Where}: '{word}' is a truth value, not the name of a label; write 1 and 0, or set "
                    + "'format: names' if it is a name.");
            // A row without any label, or with none known, may be either.
            if (flags is not null && Array.TrueForAll(flags, float.IsNaN)) continue;
            if (flags is null)
            {
                (named, other) = (named + 1, other ?? sample);
                continue;
            }
            if (first is null) (first, width) = (sample, flags.Length);
            if (flags.Length != width) narrower ??= sample;
            if (flags.Length > 1) flagged++;
        }
        if (narrower is null && other is null)
            return width > 1 || (fields.Length == 1 && options.Labels.Length == 1) ? LabelFormat.Flags : LabelFormat.Names;
        if (flagged < named || flagged == 0) return LabelFormat.Names;
        throw new DataException(other is not null
            ? $"{other.Where}: the labels are not all 0, 1 or NA, as those of {first!.Where} and most other rows are; correct the row, or "
                + "set 'format: names' if they are names."
            : $"{narrower!.Where}: there is a 0 or 1 for another number of labels than at {first!.Where} ({width}); give every row the "
                + "same, or set 'format: names' if they are names.");
    }

    private string? Truth(Sample sample) => fields.Select(f => sample.Text(f).Trim())
        .FirstOrDefault(cell => cell.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO");

    private IReadOnlyList<string> Names(IReadOnlyList<Sample> train)
    {
        if (format == LabelFormat.Names)
        {
            var seen = new TrainingLabels();
            foreach (var sample in train)
                foreach (var name in LabelSet.List(sample, fields)) seen.Add(name, sample);
            seen.RefuseFaults(" A row without any label has an empty cell.");
            return [.. seen.Labels.Order(StringComparer.Ordinal)];
        }
        if (fields.Length > 1) return fields;
        // A row with nothing but NA has one for all.
        var numbers = LabelSet.Numbers(fields);
        var count = train.Select(s => LabelSet.Flags(s, numbers)).FirstOrDefault(f => f?.Any(float.IsFinite) == true)?.Length ?? 0;
        return [.. Enumerable.Range(0, count).Select(i => $"{fields[0]}_{i}")];
    }
}
