using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Names;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>The records of a genome that <c>--records</c> asks for.</summary>
internal sealed class WantedRecords
{
    private readonly HashSet<FastaRecord> records;

    /// <param name="genome">The genome.</param>
    /// <param name="written">Names and patterns, as written.</param>
    /// <param name="option">Where they are written.</param>
    /// <exception cref="DataException">One of them means no record.</exception>
    public WantedRecords(FastaFile genome, string[] written, string option = "--records")
    {
        Names = Output.Names.Split(written);
        var names = genome.Records.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Names)
            if (!names.Any(n => ChromosomeName.Means(name, n, names)))
                throw new DataException($"{option}: no record of {DataFile.Show(genome.Path)} is called '{name}'"
                    + $"{Nearest.Hint(name, names)}; it has: {NameList.Shorten(names)}.");
        records = [.. genome.Records.Where(r => All || Names.Any(w => ChromosomeName.Means(w, r.Name, names)))];
        InOrder = [.. genome.Records.Where(records.Contains)];
    }

    /// <summary>What was asked for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether nothing was asked for, so every record is meant.</summary>
    public bool All => Names.Count == 0;

    /// <summary>The records in the genome's order.</summary>
    public IReadOnlyList<FastaRecord> InOrder { get; }

    /// <summary>Whether a record is meant.</summary>
    public bool Contains(FastaRecord record) => records.Contains(record);
}
