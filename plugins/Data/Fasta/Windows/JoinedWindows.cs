using System.Text;

namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>
/// Windows of one length over records laid end to end, with nothing between them and without what is not A, C, G or T: ENBED's corpus
/// (Malusare et al. 2024, "Building the foundation model"). The same in every epoch. Memory grows with the runs of N, not with the bases.
/// </summary>
/// <remarks>Records of different species are not joined: a new window begins with each species.</remarks>
internal sealed class JoinedWindows : ISampleSource
{
    private readonly List<Piece> pieces = [];
    private readonly List<Stretch> stretches = [];
    private readonly int window;

    /// <param name="regions">In order; their files have been read, so that their N are known.</param>
    /// <param name="window">Bases of a window.</param>
    /// <param name="minLength">Shortest window, for the last of each species.</param>
    public JoinedWindows(IReadOnlyList<Region> regions, int window, int minLength)
    {
        this.window = window;
        var begun = 0;
        for (var r = 0; r < regions.Count; r++)
        {
            Add(regions[r]);
            if (r + 1 < regions.Count && Species(regions[r + 1]).Equals(Species(regions[r]))) continue;
            Close(begun, minLength);
            begun = pieces.Count;
        }
    }

    /// <summary>Bases that windows cover.</summary>
    public long Bases { get; private set; }

    /// <summary>Bases other than A, C, G and T, which were cut out.</summary>
    public long CutOut { get; private set; }

    /// <summary>Bases behind the last windows.</summary>
    public long TooShortBases { get; private set; }

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var stretch = stretches[Last(stretches, s => s.FirstWindow <= index)];
        var at = stretch.Start + (index - stretch.FirstWindow) * window;
        var left = (int)Math.Min(window, stretch.End - at);
        var p = Last(pieces, piece => piece.Before <= at);
        Sample? first = null;
        var bases = new StringBuilder(left);
        for (var parts = 0; ; p++, parts++)
        {
            var piece = pieces[p];
            var from = piece.Start + (at - piece.Before);
            var take = (int)Math.Min(left, piece.Before + piece.Length - at);
            var part = piece.Region.Read(from, take);
            (at, left) = (at + take, left - take);
            if (first is null && left == 0) return part;
            first ??= part;
            bases.Append(part.Sequence);
            // A place would be that of one piece only.
            if (left == 0)
                return first with
                {
                    Id = $"{first.Id}+{parts}",
                    Sequence = bases.ToString(),
                    Place = null,
                    Origin = $"{first.Origin}, and {parts} further",
                };
        }
    }

    private void Add(Region region)
    {
        var map = region.Record.Ambiguity!;
        var start = region.Start;
        for (var run = map.FirstEndingAfter(start); run < map.Runs && map[run].Start < region.End; run++)
        {
            Add(region, start, map[run].Start);
            CutOut += Math.Min(region.End, map[run].End) - Math.Max(region.Start, map[run].Start);
            start = map[run].End;
        }
        Add(region, start, region.End);
    }

    private void Add(Region region, long start, long end)
    {
        if (end <= start) return;
        pieces.Add(new(region, start, end - start, Bases));
        Bases += end - start;
    }

    private void Close(int begun, int minLength)
    {
        if (begun == pieces.Count) return;
        var (start, end) = (pieces[begun].Before, Bases);
        var tail = (end - start) % window;
        if (tail > 0 && tail < minLength)
        {
            TooShortBases += tail;
            end -= tail;
        }
        if (end == start) return;
        stretches.Add(new(start, end, Count));
        Count += (end - start + window - 1) / window;
    }

    private static object Species(Region region) => region.Fields.TryGetValue(Sample.SpeciesField, out var species) ? species : "";

    /// <summary>The last of those for which something holds that holds for the first ones.</summary>
    private static int Last<T>(List<T> items, Predicate<T> holds)
    {
        var (low, high) = (0, items.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (holds(items[middle])) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    /// <summary>Bases of a region without a gap.</summary>
    private readonly record struct Piece(Region Region, long Start, long Length, long Before);

    /// <summary>Pieces of one species, by their places in all that is joined.</summary>
    private readonly record struct Stretch(long Start, long End, long FirstWindow);
}
