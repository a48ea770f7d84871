using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Names;

namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>Which stretches of which records belong to which split.</summary>
internal sealed class SplitPlan
{
    private readonly Dictionary<Split, IReadOnlyList<Region>> regions = [];

    private SplitPlan() { }

    /// <summary>What was decided.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>What of the files belongs to no split.</summary>
    public IReadOnlyList<string> LeftOut { get; private set; } = [];

    /// <summary>A split's regions in file order, or null when the data set has no such split.</summary>
    public IReadOnlyList<Region>? this[Split split] => regions.GetValueOrDefault(split);

    /// <summary>Divides records among the splits: first by name, then by share.</summary>
    /// <param name="files">The files.</param>
    /// <param name="options">Validated.</param>
    /// <param name="owners">The file whose record of a name counts; those of the others are left out.</param>
    /// <exception cref="DataException">A name that is no record, records claimed twice, or too little to divide.</exception>
    public static SplitPlan Make(IReadOnlyList<FastaFile> files, FastaOptions options, IReadOnlyDictionary<string, FastaFile> owners)
    {
        var species = new SpeciesNames(options.Species, options.SpeciesOf);
        species.Check(files);
        var every = files.SelectMany(f => f.Records.Select(r => new Region(f, r, 0, r.Length) { Fields = species.Of(f, r) })).ToList();
        var all = every.FindAll(r => owners[r.Record.Name] == r.File);
        var plan = new SplitPlan();
        if (every.Count > all.Count)
            plan.LeftOut = [$"{Wording.Counted(every.Count - all.Count, "record")} left out: an earlier file has the name already."];
        if (options.As == SplitUse.Any)
        {
            foreach (var split in Enum.GetValues<Split>()) plan.regions[split] = all;
            return plan;
        }
        var dev = Named(all, options.Dev, "dev");
        var test = Named(all, options.Test, "test");
        var named = Named(all, options.Train, "train");
        Disjoint((dev, "dev"), (test, "test"), (named, "train"));
        var rest = options.Train.Length > 0
            ? [.. all.Where(named.Contains)]
            : all.Where(r => !dev.Contains(r) && !test.Contains(r)).ToList();

        var notes = new List<string>();
        var byName = options.Dev.Length + options.Test.Length + options.Train.Length > 0;
        if (byName || options.DevShare + options.TestShare > 0)
            foreach (var (name, first) in ChromosomeName.Repeated(all.Select(r => r.Record.Name)))
                notes.Add(byName ? $"Records '{first}' and '{name}' count as one chromosome: what names one for a split names both."
                    : $"Records '{first}' and '{name}' may be one chromosome; shares are held out of each by itself.");
        var unused = all.Count - dev.Count - test.Count - rest.Count;
        if (unused > 0) notes.Add($"{Wording.Counted(unused, "record")} named for no split {(unused == 1 ? "is" : "are")} not used.");

        var shares = BlockSplit.Divide(rest, options, notes);
        plan.Put(options.As switch { SplitUse.Dev => Split.Dev, SplitUse.Test => Split.Test, _ => Split.Train }, shares.Train);
        plan.Put(Split.Dev, options.DevShare > 0 ? shares.Dev : [.. all.Where(dev.Contains)]);
        plan.Put(Split.Test, options.TestShare > 0 ? shares.Test : [.. all.Where(test.Contains)]);
        if (plan.regions.Count == 0 || (options.As == SplitUse.Train && plan[Split.Train] is null))
            throw new DataException("The split train is empty: every record is held out "
                + $"({NameList.Shorten([.. all.Select(r => r.Record.Name)])}); leave some out of 'dev' and 'test'.");
        plan.Notes = notes;
        return plan;
    }

    private void Put(Split split, IReadOnlyList<Region> part)
    {
        if (part.Count > 0) regions[split] = part;
    }

    private static HashSet<Region> Named(List<Region> all, string[] patterns, string option)
    {
        var found = new HashSet<Region>(ReferenceEqualityComparer.Instance);
        foreach (var pattern in patterns)
        {
            var matches = all.Where(r => ChromosomeName.Matches(pattern, r.Record.Name)).ToList();
            if (matches.Count == 0)
            {
                var names = all.ConvertAll(r => r.Record.Name);
                throw new DataException(
                    $"'{option}: {pattern}' is no record of "
                        + $"{NameList.Shorten([.. all.Select(r => DataFile.Show(r.File.Path)).Distinct()])}{Nearest.Hint(pattern, names)}; "
                        + $"the records are: {NameList.Shorten(names)}.");
            }
            found.UnionWith(matches);
        }
        return found;
    }

    private static void Disjoint(params (HashSet<Region> Records, string Option)[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
            for (var j = i + 1; j < parts.Length; j++)
                if (parts[i].Records.FirstOrDefault(parts[j].Records.Contains) is { } shared)
                    throw new DataException($"Record '{shared.Record.Name}' is named in '{parts[i].Option}' and in '{parts[j].Option}'; it "
                        + "can belong to one split only.");
    }
}
