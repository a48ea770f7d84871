using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.Fasta.Windows;

namespace PluginHost.Plugins.Fasta;

/// <summary>
/// Windows of FASTA records: what a model pretrains on, or whole records to predict for. Files are opened when first needed.
/// </summary>
internal sealed class FastaSource : IDataSource
{
    private readonly FastaOptions options;
    private readonly Alphabet alphabet;
    private readonly Func<string, string, string> written;
    private readonly Lazy<(IReadOnlyList<FastaFile> Files, SplitPlan Plan)> data;
    private readonly List<string> notes = [];
    private readonly Lock gate = new();
    private readonly Dictionary<Split, ISampleSource> opened = [];

    /// <param name="options">Validated.</param>
    /// <param name="resolve">Resolves a relative path.</param>
    /// <param name="written">How an option is written where the user wrote them, as <see cref="BuildContext.Written"/> has it.</param>
    public FastaSource(FastaOptions options, Func<string, string> resolve, Func<string, string, string>? written = null)
    {
        this.options = options;
        alphabet = Alphabet.Of(options.Alphabet);
        this.written = written ?? ((option, value) => $"{option}: {value}");
        Files = PathPatterns.Expand(options.Path, resolve);
        data = new(Load);
    }

    /// <inheritdoc/>
    public bool IsDivided => options.As != SplitUse.Any;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes
    {
        get
        {
            var (files, plan) = data.Value;
            lock (gate) return [.. files.SelectMany(f => f.Notes).Concat(plan.Notes).Concat(notes).Distinct()];
        }
    }

    /// <inheritdoc/>
    public ISampleSource? Open(Split split)
    {
        if (data.Value.Plan[split] is not { } regions) return null;
        lock (gate)
        {
            if (!opened.TryGetValue(split, out var samples)) opened[split] = samples = Windows(split, regions);
            return samples;
        }
    }

    private string Quoted(string option, string value) => written(option, value) is { Length: > 0 } text ? $"'{text}'" : "";

    private string Noun => options.How == WindowMode.Whole ? "sequence" : "window";

    private (IReadOnlyList<FastaFile>, SplitPlan) Load()
    {
        var files = new List<FastaFile>();
        var owners = new Dictionary<string, FastaFile>(StringComparer.Ordinal);
        foreach (var path in Files)
        {
            var bad = new BadRecords(path, "record", options.OnBad, Quoted("onBad", "skip"));
            var file = alphabet.IsDna ? FastaFile.Open(path, options.Verify, options.WriteIndex, bad: bad)
                : FastaFile.OpenText(path, alphabet, bad);
            foreach (var record in file.Records)
                if (!owners.TryAdd(record.Name, file) && !bad.Skips)
                    throw new DataException($"Record '{record.Name}' is in {DataFile.Show(owners[record.Name].Path)} and in "
                        + $"{DataFile.Show(path)}; give each record a name of its own{bad.Remedy}.");
            files.Add(file);
        }
        return (files, SplitPlan.Make(files, options, owners));
    }

    private ISampleSource Windows(Split split, IReadOnlyList<Region> regions)
    {
        // What serves as any split is not spoken of as one of them.
        var name = options.As == SplitUse.Any ? "" : $"{split.ToString().ToLowerInvariant()}: ";
        var splitName = split.ToString().ToLowerInvariant();
        List<string> leftOut = [.. regions.Select(r => r.File).Distinct().SelectMany(f => f.LeftOut), .. data.Value.Plan.LeftOut];
        var shortest = options.MinLength ?? (options.How == WindowMode.Whole ? 1 : Math.Min(FastaOptions.ShortestWindow, options.Window));
        var maxN = options.MaxN ?? (options.How == WindowMode.Whole ? 1 : 0.5);
        var longest = regions.Max(r => r.Length);
        if (options.How is not (WindowMode.Whole or WindowMode.Joined) && longest < options.Window
            && (options.MinLength is null || longest < shortest))
            throw new DataException(
                $"The window of {options.Window:N0} bases is longer than every record of the split {splitName} (the longest stretch has "
                    + $"{longest:N0} in record '{regions.MaxBy(r => r.Length)!.Record.Name}'); "
                + $"set 'window' to at most {longest}, or 'minLength' to take shorter ones too ({written("window", $"{longest}")}).");
        ISampleSource samples = options.How switch
        {
            WindowMode.Joined => Joined(),
            WindowMode.Whole => Laid(WindowLayout.Whole(regions, shortest, maxN)),
            WindowMode.Tiles => Laid(WindowLayout.Tiles(regions, options.Window, shortest, maxN)),
            WindowMode.Overlap =>
                Laid(WindowLayout.Overlap(regions, options.Window, options.Stride ?? Math.Max(1, options.Window / 2), shortest, maxN)),
            WindowMode.Random => Random(options.SamplesPerEpoch, fullShare: 0),
            _ => Mixture(),
        };
        notes.AddRange(leftOut);
        notes.Insert(0, $"{name}{Wording.Counted(samples.Count, Noun)} an epoch "
            + $"from {Wording.Counted(regions.Sum(r => r.Length), "base")} of "
                + $"{Wording.Counted(regions.DistinctBy(r => r.Record.Name).Count(), "record")}.");
        return samples;

        JoinedWindows Joined()
        {
            var joined = new JoinedWindows(regions, options.Window, shortest) { LeftOut = leftOut };
            if (joined.CutOut > 0)
                leftOut.Add($"{name}{Wording.Counted(joined.CutOut, "base")} other than A, C, G and T cut out, and the sides joined.");
            if (joined.TooShortBases > 0)
                leftOut.Add($"{name}{Wording.Counted(joined.TooShortBases, "base")} left out behind the last window, fewer than "
                    + $"{shortest:N0} (minLength).");
            return joined.Count > 0 ? joined
                : throw new DataException($"No window is left in the split {splitName}: its records have {joined.Bases:N0} bases of A, C, "
                    + $"G and T in all; lower 'minLength' ({written("minLength", $"{Math.Max(1, joined.Bases)}")}).");
        }

        ISampleSource Mixture()
        {
            var tiles = Laid(WindowLayout.Tiles(regions, options.Window, shortest, maxN));
            return new MixedWindows(tiles, Random(options.SamplesPerEpoch ?? tiles.Count, fullShare: 0.5));
        }

        LaidWindows Laid(WindowLayout layout)
        {
            if (layout.TooAmbiguous > 0)
                leftOut.Add($"{name}{Wording.Counted(layout.TooAmbiguous, Noun)} "
                    + $"({Wording.Share(layout.TooAmbiguous, layout.Count + layout.TooAmbiguous)}) left out: more than {100 * maxN:0.##} % "
                    + "of their bases are not A, C, G or T "
                        + $"(maxN){(Quoted("maxN", "1") is { Length: > 0 } all ? $"; {all} keeps them" : "")}.");
            if (layout.TooShortBases > 0)
                leftOut.Add($"{name}{Wording.Counted(layout.TooShortBases, "base")} left out in "
                    + $"{Wording.Counted(layout.TooShort, "stretch", "stretches")} shorter than {shortest:N0} (minLength).");
            return layout.Count > 0
                ? new(layout, options.How == WindowMode.Whole, leftOut)
                : throw new DataException($"No window is left in the split {splitName}: {layout.TooAmbiguous:N0} have more than "
                    + $"{100 * maxN:0.##} % bases other than A, C, G and T, {layout.TooShortBases:N0} bases lie in stretches shorter than "
                    + $"{shortest:N0}; raise 'maxN' or lower 'minLength' ({written("maxN", "1")}).");
        }

        RandomWindows Random(long? count, double fullShare)
        {
            var windows = new RandomWindows(regions, count, split != Split.Train, shortest, options.Window, maxN, fullShare)
            {
                LeftOut = leftOut,
            };
            if (windows.Redrawn > 0)
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{name}about {100 * windows.Redrawn:0.#} % of random windows are "
                    + $"drawn again: more than {100 * maxN:0.##} % of their bases are not A, C, G or T (maxN)."));
            return windows;
        }
    }
}
