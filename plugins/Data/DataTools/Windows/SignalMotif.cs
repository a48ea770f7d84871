using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>
/// The motif of a signal near an annotated position, such as AATAAA before a transcript's end: its first base is where windows are laid,
/// and
/// it may be cut out of them, so that what is learnt is learnt from its surroundings (Zhang et al. 2023, S1.3.1).
/// </summary>
/// <param name="motifs">Upper case, of one length, the preferred first.</param>
/// <param name="within">Where the first base may lie, relative to the annotated position.</param>
internal sealed class SignalMotif(IReadOnlyList<string> motifs, WindowShape within)
{
    /// <summary>Bases of the motif.</summary>
    public int Length => motifs[0].Length;

    /// <summary>The spellings.</summary>
    public IReadOnlyList<string> Motifs => motifs;

    /// <summary>Reads options.</summary>
    /// <param name="written">Motifs as written, maybe several in one; empty for none.</param>
    /// <param name="within">Where they may lie; null for exactly at the anchor.</param>
    /// <exception cref="UsageException">They are of different lengths, or the place is malformed.</exception>
    public static SignalMotif? Of(string[] written, string? within)
    {
        var motifs = Output.Names.Split(written).Select(m => m.ToUpperInvariant()).Distinct().ToList();
        if (motifs.Count == 0) return null;
        return WindowShape.TryParse(within ?? "0..0", false, out var shape) is { } problem
            ? throw new UsageException($"--motif-within {problem}") : new SignalMotif(motifs, shape);
    }

    /// <summary>What is wrong with the options, or null.</summary>
    /// <param name="written">Motifs as written.</param>
    /// <param name="within">Where they may lie.</param>
    /// <param name="cut">Whether they are cut out.</param>
    /// <param name="window">The window's shape as written.</param>
    public static (string Problem, string Option)? Problem(string[] written, string? within, bool cut, string? window)
    {
        var motifs = Output.Names.Split(written);
        if (motifs.FirstOrDefault(m => m.Length is 0 or > 50 || m.AsSpan().ContainsAnyExcept("ACGTacgt")) is { } odd)
            return ($"must be 1 to 50 of the letters A, C, G and T, but is '{odd}'.", "Motif");
        if (motifs.Select(m => m.Length).Distinct().Count() > 1)
            return ($"must have one length, but there are {string.Join(", ", motifs)}; make sets of each length in runs of their own.",
                "Motif");
        if (within is not null && motifs.Count == 0) return ("goes with --motif.", "MotifWithin");
        if (within is not null && WindowShape.TryParse(within, false, out _) is { } place) return (place, "MotifWithin");
        if (!cut) return null;
        if (motifs.Count == 0) return ("goes with --motif.", "CutMotif");
        if (WindowShape.TryParse(window, false, out var shape) is null && (shape.From > 0 || shape.To < motifs[0].Length - 1))
            return ($"needs a window around the whole motif, whose bases are 0 to {motifs[0].Length - 1}, but --window is {window}.",
                "CutMotif");
        return null;
    }

    /// <summary>
    /// Where the motif lies: a stretch of its first base alone for every place, the best first. A motif named earlier is better, then one
    /// nearer to the anchor, then one upstream.
    /// </summary>
    public IReadOnlyList<PlacedWindow> Near(FastaFile genome, FastaRecord record, PlacedWindow anchor)
    {
        var text = Wide(anchor, within with { To = within.To + Length - 1 }).Read(genome, record);
        var found = new List<(int Motif, int At)>();
        for (var i = 0; i + Length <= text.Length; i++)
            for (var m = 0; m < motifs.Count; m++)
                if (text.AsSpan(i, Length).SequenceEqual(motifs[m]))
                    found.Add((m, within.From + i));
        return [.. found.OrderBy(f => f.Motif).ThenBy(f => Math.Abs(f.At)).ThenBy(f => f.At).Select(f => Wide(anchor, new(f.At, f.At)))];
    }

    /// <summary>A window's bases without the motif, its sides joined.</summary>
    /// <param name="bases">As read along the window's strand.</param>
    /// <param name="window">Where they lie.</param>
    /// <param name="site">The motif's first base.</param>
    public string Cut(string bases, PlacedWindow window, PlacedWindow site)
    {
        var at = (int)(site.IsReverse ? window.End - site.End : site.Start - window.Start);
        var from = Math.Clamp(at, 0, bases.Length);
        return bases.Remove(from, Math.Clamp(at + Length, from, bases.Length) - from);
    }

    /// <summary>The window of a shape around a stretch of one base.</summary>
    public static PlacedWindow Wide(PlacedWindow site, WindowShape shape) => site.IsReverse
        ? new(site.Start - shape.To, site.Start - shape.From + 1, true)
        : new(site.Start + shape.From, site.Start + shape.To + 1, false);
}
