using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Leakage;

namespace PluginHost.Plugins.DataTools.Checking;

/// <summary>The findings of a check as tables, sentences and JSON.</summary>
internal sealed class CheckReport(IReadOnlyList<SplitFacts> splits, IReadOnlyList<(string From, string Into, LeakageCount Count)> leaks,
    Closeness? near)
{
    private const double GivesAway = 0.1;
    private const int MostColumns = 12;

    /// <summary>Whether a held-out sequence is known from another split, or a sequence has two labels.</summary>
    public bool IsUnsound => leaks.Any(l => l.Count.Total > 0) || splits.Any(s => s.Conflicts > 0);

    public void Show(ToolRun run)
    {
        run.Show(Sequences());
        if (splits.Any(s => s.HasClasses)) run.Show(Labels());
        if (leaks.Count > 0) run.Show(Leaks());
        if (splits.Any(s => s.HasClasses)) run.Show(Cues());
        foreach (var sentence in Sentences()) run.Result(sentence);
    }

    /// <summary>For the JSON file.</summary>
    public object ToJson() => new
    {
        Splits = splits.Select(s => new
        {
            s.Name, s.Rows, s.Bases, s.Shortest, s.Median, s.Longest, s.Unknown, s.Ambiguous, s.Duplicates, s.ReverseComplements,
            s.Conflicts, NotCompared = s.TooLong,
            Labels = s.HasClasses ? s.Labels : null,
            BalancedAccuracyFrom = s.HasClasses
                ? s.Cues.ToDictionary(c => c.Key.ToLowerInvariant().Replace(' ', '_'), c => c.Value.BalancedAccuracy(s.Labels.Count))
                : null,
        }),
        NearMeans = near?.ToString(),
        Leakage = leaks.Select(l => new
        {
            KnownFrom = l.From, Split = l.Into, l.Count.Sequences, l.Count.Exact, l.Count.ReverseComplement,
            l.Count.Near, l.Count.Share
        }),
        Findings = Sentences(),
    };

    private ResultTable Sequences()
    {
        var table = new ResultTable("Sequences",
            ["split", "rows", "shortest", "median", "longest", "N", "other codes", "duplicates", "as reverse complement",
            "with two labels"]);
        foreach (var s in splits)
            table.Add(
                s.Name, s.Rows.ToString("N0"), s.Shortest.ToString("N0"), s.Median.ToString("N0"), s.Longest.ToString("N0"),
                    Wording.Share(s.Unknown, s.Bases), Wording.Share(s.Ambiguous, s.Bases),
                s.Duplicates.ToString("N0"), s.ReverseComplements.ToString("N0"), s.Conflicts.ToString("N0"));
        return table;
    }

    private ResultTable Labels()
    {
        var names = splits.SelectMany(s => s.Labels.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var shown = names.Take(MostColumns).ToList();
        var table = new ResultTable(names.Count > shown.Count ? $"Labels (the first {MostColumns} of {names.Count})" : "Labels",
            ["split", .. shown.Select(n => n.Length > 0 ? n : "(none)")]);
        foreach (var s in splits)
            table.Add([s.Name,
                .. shown.Select(n => s.Labels.TryGetValue(n, out var count) ? $"{count:N0} ({Wording.Share(count, s.Rows)})" : "0")]);
        return table;
    }

    private ResultTable Leaks()
    {
        var columns = new List<string> { "split", "known from", "exact", "reverse complement" };
        if (near is not null) columns.Add($"near ({near})");
        columns.Add("share of the split");
        var table = new ResultTable("Leakage", columns);
        foreach (var (from, into, c) in leaks)
            table.Add([into, from, c.Exact.ToString("N0"), c.ReverseComplement.ToString("N0"),
                .. near is null ? [] : (string[])[c.Near.ToString("N0")], Wording.Share(c.Total, c.Sequences)]);
        return table;
    }

    private ResultTable Cues()
    {
        var table = new ResultTable("Balanced accuracy when the label is guessed from one figure",
            ["split", "length", "N share", "GC content", "chance"]);
        foreach (var s in splits.Where(s => s.HasClasses))
            table.Add([s.Name, .. ((string[])["length", "N share", "GC content"])
                .Select(c => Figure(s.Cues[c].BalancedAccuracy(s.Labels.Count))), Figure(1.0 / s.Labels.Count)]);
        return table;
    }

    private List<string> Sentences()
    {
        var sentences = new List<string>();
        foreach (var (from, into, count) in leaks.Where(l => l.Count.Total > 0))
            sentences.Add($"{Wording.Counted(count.Total, "sequence")} of {into} ({Wording.Share(count.Total, count.Sequences)}) "
                + $"{(count.Total == 1 ? "is" : "are")} known from {from}: scores on {(count.Total == 1 ? "it" : "them")} are not held "
                + "out. 'host data split --by identity' divides without this.");
        foreach (var s in splits.Where(s => s.Conflicts > 0))
            sentences.Add($"{s.Name}: {Wording.Counted(s.Conflicts, "sequence")} occur{(s.Conflicts == 1 ? "s" : "")} with two labels; no "
                + "model can get both right.");
        foreach (var s in splits.Where(s => s.HasClasses))
            foreach (var cue in (string[])["length", "N share"])
                if (s.Cues[cue].BalancedAccuracy(s.Labels.Count) is var accuracy && accuracy > Suspicious(s.Labels.Count, s.Rows))
                    sentences.Add($"{s.Name}: the {cue} alone tells the label with balanced accuracy {Figure(accuracy)} (chance "
                        + $"{Figure(1.0 / s.Labels.Count)}); a model may learn that and nothing else. Choose the classes alike in {cue}.");
        if (splits.Count > 1 && splits[0].HasClasses)
            foreach (var s in splits.Skip(1))
                if (s.Labels.Keys.Except(splits[0].Labels.Keys).ToList() is { Count: > 0 } missing)
                    sentences.Add($"{s.Name} has labels that {splits[0].Name} lacks: "
                        + $"{string.Join(", ", missing.Take(10).Select(l => $"'{l}'"))}; they cannot be learnt.");
        if (splits.Sum(s => s.TooLong) is > 0 and var left)
            sentences.Add($"{Wording.Counted(left, "sequence")} longer than {SplitFacts.LongestCompared:N0} bases "
                + $"{(left == 1 ? "was" : "were")} not compared.");
        if (sentences.Count == 0) sentences.Add("Nothing wrong was found.");
        return sentences;
    }

    /// <summary>Noticeably above chance, and by more than chance would scatter (three standard errors).</summary>
    private static double Suspicious(int labels, long rows)
    {
        var chance = 1.0 / labels;
        return chance + Math.Max(GivesAway * (1 - chance), 3 * Math.Sqrt(chance * (1 - chance) / rows));
    }

    private static string Figure(double value) => double.IsNaN(value) ? "-" : FormattableString.Invariant($"{value:0.000}");
}
