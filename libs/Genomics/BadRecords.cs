using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics;

/// <summary>The records of one file that cannot be samples: refused, or left out and counted.</summary>
/// <param name="path">The file.</param>
/// <param name="noun">What it holds: record or row.</param>
/// <param name="onBad">Which of the two.</param>
/// <param name="skip">
/// How a user asks for <see cref="OnBad.Skip"/> here, in quotes, for messages; empty where that cannot be asked for.
/// </param>
public sealed class BadRecords(string path, string noun, OnBad onBad = OnBad.Fail, string skip = "")
{
    private readonly List<string> empty = [], repeated = [];

    /// <summary>Whether they are left out.</summary>
    public bool Skips => onBad == OnBad.Skip;

    /// <summary>The end of a sentence that refuses one: how to leave such records out instead.</summary>
    public string Remedy => skip.Length == 0 ? "" : $", or leave such {noun}s out with {skip}";

    /// <summary>A record that is left out has no bases.</summary>
    /// <param name="line">1-based.</param>
    public void Empty(long line) => empty.Add($"line {line}");

    /// <summary>A file that is left out has no bases.</summary>
    public void Empty(string file) => empty.Add(file);

    /// <summary>A record that is left out has no name, or one that is there already.</summary>
    /// <param name="line">1-based.</param>
    public void Repeated(long line) => repeated.Add($"line {line}");

    /// <summary>What was left out: one sentence, or none.</summary>
    public IReadOnlyList<string> LeftOut
    {
        get
        {
            List<string> parts = [];
            if (empty.Count > 0) parts.Add($"{empty.Count:N0} without bases ({NameList.Shorten(empty)})");
            if (repeated.Count > 0) parts.Add($"{repeated.Count:N0} without a name of {Its(repeated)} own ({NameList.Shorten(repeated)})");
            return parts.Count == 0 ? [] :
                [$"{DataFile.Show(path)}: {Wording.Counted(empty.Count + repeated.Count, noun)} left out: {string.Join(", ", parts)}."];
        }
    }

    private static string Its(List<string> lines) => lines.Count == 1 ? "its" : "their";
}
