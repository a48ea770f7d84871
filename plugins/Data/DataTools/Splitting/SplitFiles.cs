namespace PluginHost.Plugins.DataTools.Splitting;

/// <summary>Which rows go into which files.</summary>
internal sealed class SplitFiles
{
    private readonly List<string> names = [];
    private readonly Func<int, IEnumerable<int>> filesOf;

    private SplitFiles(IEnumerable<string> names, Func<int, IEnumerable<int>> filesOf) =>
        (this.names, this.filesOf) = ([.. names], filesOf);

    /// <summary>Paths inside the output folder, without an ending.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The files a row goes into, as indices of <see cref="Names"/>.</summary>
    public IEnumerable<int> Of(int row) => filesOf(row);

    /// <summary>Train, dev and test, as far as they are asked for, and subsets of train.</summary>
    /// <param name="parts">0 train, 1 dev, 2 test, anything else nowhere; of each row.</param>
    /// <param name="used">Which of the three there are.</param>
    /// <param name="subsets">Shares of train, smallest first.</param>
    /// <param name="labels">Of each row.</param>
    /// <param name="seed">Which rows are in a subset.</param>
    public static SplitFiles Parts(IReadOnlyList<int> parts, IReadOnlyList<bool> used, IReadOnlyList<double> subsets,
        IReadOnlyList<int> labels, ulong seed)
    {
        string[] all = ["train", "dev", "test"];
        var names = new List<string>();
        var place = new int[3];
        for (var part = 0; part < 3; part++)
        {
            place[part] = used[part] ? names.Count : -1;
            if (used[part]) names.Add(all[part]);
        }
        var first = names.Count;
        names.AddRange(subsets.Select(s => FormattableString.Invariant($"train-{100 * s:0.####}-percent")));
        var smallest = subsets.Count == 0 ? null
            : NestedSubsets.Smallest([.. Enumerable.Range(0, parts.Count).Where(r => parts[r] == 0)], labels, subsets, seed);
        return new(names, row =>
        {
            var part = parts[row];
            if (part is < 0 or > 2 || place[part] < 0) return [];
            return part > 0 || smallest is null
                ? [place[part]]
                : [place[part], .. Enumerable.Range(first + smallest[row], subsets.Count - smallest[row])];
        });
    }

    /// <summary>Groups to train on one and test on each: a folder for each with train, test, and dev where there is one.</summary>
    /// <param name="parts">0 train, 1 dev, 2 test; of each row.</param>
    /// <param name="groups">The group of each row.</param>
    /// <param name="groupNames">Their names.</param>
    /// <param name="dev">Whether there is a dev part.</param>
    public static SplitFiles Crossed(IReadOnlyList<int> parts, IReadOnlyList<int> groups, IReadOnlyList<string> groupNames, bool dev)
    {
        string[] kinds = dev ? ["train", "dev", "test"] : ["train", "test"];
        return new(
            groupNames.SelectMany(g => kinds.Select(k => $"{g}/{k}")),
            row => [groups[row] * kinds.Length + Math.Min(parts[row], kinds.Length - 1)]);
    }

    /// <summary>A folder for each fold: its own part is the test set, the next one dev if asked for, the others train.</summary>
    public static SplitFiles Folds(IReadOnlyList<int> parts, int folds, bool dev)
    {
        var width = dev ? 3 : 2;
        string[] kinds = dev ? ["train", "test", "dev"] : ["train", "test"];
        var names = Enumerable.Range(1, folds).SelectMany(f => kinds.Select(k => $"fold-{f}/{k}"));
        return new(names, row => Enumerable.Range(0, folds).Select(fold =>
            fold * width + (parts[row] == fold ? 1 : dev && parts[row] == (fold + 1) % folds ? 2 : 0)));
    }
}
