using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.Variants.Scoring;

namespace PluginHost.Plugins.Variants.Report;

/// <summary>What was scored and what was not.</summary>
/// <param name="windows">Count what has none.</param>
/// <param name="training">Count what lies in them; null where none are given.</param>
internal sealed class ScoreSummary(VariantWindows windows, TrainingRegions? training)
{
    /// <summary>Alleles with scores.</summary>
    public long Scored { get; set; }

    /// <summary>Why others have none, for the end of a sentence.</summary>
    public string Reasons => windows.Reasons;

    /// <summary>What the user should know.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            if (windows.Left.Count > 0) yield return $"Alleles not scored{Reasons}.";
            if (windows.Mismatches > 0)
                yield return $"{Wording.Counted(windows.Mismatches, "variant")} of {windows.Checked:N0} not scored, for REF is not the "
                    + $"genome's: {string.Join("; ", windows.Examples)}.";
        }
    }

    /// <summary>What else there is to say.</summary>
    public IEnumerable<string> Remarks
    {
        get
        {
            if (windows.Moved > 0)
                yield return $"{Wording.Counted(windows.Moved, "window")} at the end of a chromosome: the variant is not in the middle.";
            if (training is not null)
                yield return $"In regions of --training: {Wording.Share(training.Inside, training.Count)} of the alleles "
                    + $"({training.Inside:N0} of {training.Count:N0}); windows that share a base with one: "
                    + $"{Wording.Share(training.WindowsTouch, training.Count)}.";
        }
    }

    /// <summary>What was left out by why, and what was not.</summary>
    public ResultTable Counts
    {
        get
        {
            var table = new ResultTable("What was scored", ["", "count"]).Add("alleles scored", $"{Scored:N0}");
            foreach (var (why, count) in windows.Left) table.Add($"alleles {why}", $"{count:N0}");
            table.Add("variants whose REF is not the genome's", $"{windows.Mismatches:N0}");
            table.Add("windows at the end of a chromosome", $"{windows.Moved:N0}");
            if (training is null) return table;
            return table.Add("alleles in regions of --training", $"{training.Inside:N0}")
                .Add("windows that share a base with one", $"{training.WindowsTouch:N0}");
        }
    }
}
