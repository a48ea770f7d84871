using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Tables;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>A source whose splits are read, all of them, when first needed; a dev split may be drawn from the training samples.</summary>
internal abstract class SplitSource : IDataSource
{
    private readonly HeldOutOptions options;
    private readonly Func<string, string, string> written;
    private readonly Dictionary<Split, List<BadRecords>> bad = [];
    private readonly Lazy<IReadOnlyList<(Split Split, IReadOnlyList<Sample> Samples)>> splits;

    /// <param name="options">Validated.</param>
    /// <param name="written">How an option is written where the user wrote them, as <see cref="BuildContext.Written"/> has it.</param>
    protected SplitSource(HeldOutOptions options, Func<string, string, string>? written)
    {
        (this.options, this.written) = (options, written ?? ((option, value) => $"{option}: {value}"));
        Alphabet = Alphabet.Of(options.Alphabet);
        splits = new(Load);
    }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
        [.. splits.Value.SelectMany(s => TableNotes.Describe(s.Split, s.Samples, pair: null).Concat(LeftOut(s.Split))),
            .. TableNotes.Leaks(splits.Value, pair: null)];

    /// <inheritdoc/>
    public ISampleSource? Open(Split split) => splits.Value.FirstOrDefault(s => s.Split == split).Samples is { } samples
        ? new TableRowSource(samples, LeftOut(split)) : null;

    /// <summary>What sequences are made of.</summary>
    protected Alphabet Alphabet { get; }

    /// <summary>A labelled sample, of the species the options name.</summary>
    protected Sample Labelled(string id, string sequence, string label, string origin) => new(id, sequence)
    {
        Fields = options.Species is { } species ? new RowFields([Sample.LabelField, Sample.SpeciesField], [label, species])
            : new RowFields([Sample.LabelField], [label]),
        Origin = origin,
    };

    /// <summary>What messages call the data.</summary>
    protected abstract string Shown { get; }

    /// <summary>Counts what one file of a split holds that cannot be a sample.</summary>
    protected BadRecords Bad(Split split, string path, string noun)
    {
        if (!bad.TryGetValue(split, out var of)) bad[split] = of = [];
        of.Add(new(path, noun, options.OnBad, written("onBad", "skip") is { Length: > 0 } skip ? $"'{skip}'" : ""));
        return of[^1];
    }

    private IReadOnlyList<string> LeftOut(Split split) => [.. bad.GetValueOrDefault(split, []).SelectMany(b => b.LeftOut)];

    /// <summary>Reads a split; null when the data has none such.</summary>
    protected abstract IReadOnlyList<Sample>? Read(Split split);

    private IReadOnlyList<(Split, IReadOnlyList<Sample>)> Load()
    {
        var read = Enum.GetValues<Split>().Select(split => (Split: split, Samples: Read(split))).Where(s => s.Samples is not null)
            .Select(s => (s.Split, s.Samples!)).ToList();
        if (read.Find(s => s.Item2.Count == 0) is { Item2: not null } empty)
            throw new DataException($"{Shown}: the split {TableNotes.Name(empty.Split)} holds no sequence; download or export it again.");
        if (options.DevShare == 0) return read;
        if (read.Exists(s => s.Split == Split.Dev))
            throw new UsageException($"devShare is set, but {Shown} holds the split dev; leave devShare out.");
        var train = read.FindIndex(s => s.Split == Split.Train);
        if (train < 0) throw new DataException($"{Shown}: devShare is taken from the training samples, but there are none.");
        var parts = RowSplit.Divide(read[train].Item2, new TableOptions { DevShare = options.DevShare, SplitSeed = options.SplitSeed },
            Shown);
        return [.. parts.Concat(read.Where((_, i) => i != train)).OrderBy(p => p.Item1)];
    }
}
