using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Tables.Haplotypes;

/// <summary>Haplotypes as samples: sequences of 0 and 1 whose label is their group.</summary>
internal static class HaplotypeSamples
{
    private static readonly string[] fields = [Sample.LabelField];

    /// <summary>
    /// Reads them: their names are the file's where these are all different, else with the line numbers behind them.
    /// </summary>
    /// <param name="path">Of .hapt, or of VCF where its name says so.</param>
    /// <param name="options">Validated.</param>
    /// <param name="leftOut">Is given what of a VCF was left out.</param>
    /// <exception cref="DataException">The file is malformed.</exception>
    public static IReadOnlyList<Sample> Read(string path, HaplotypeOptions options, Action<string> leftOut)
    {
        if (!VcfHaplotypes.IsNamed(path)) return Named([.. HaplotypeFile.Lines(path)]);
        var rows = VcfHaplotypes.Read(path, new()
        {
            Region = options.Region is { } region ? Stretch.TryParse(region) : null, Unphased = options.Unphased, Group = options.Group,
            Seed = options.SplitSeed,
        }, read =>
        {
            if (read.LeftOut.Sentence is { } sentence) leftOut(sentence);
        });
        var name = System.IO.Path.GetFileName(path);
        return Named([.. rows.Names.Select((n, i) => new HaplotypeLine(rows.Groups[i], n, Alleles(rows.Bits, i), $"{name}, {n}"))]);
    }

    private static IReadOnlyList<Sample> Named(List<HaplotypeLine> lines)
    {
        // The two haplotypes of a person may have the person's name.
        var named = lines.Select(r => r.Name).Distinct().Count() == lines.Count;
        return [.. lines.Select((r, i) => new Sample(named ? r.Name : $"{r.Name}:{i + 1}", r.Alleles)
        {
            Fields = new RowFields(fields, [r.Group]),
            Origin = r.Where,
        })];
    }

    private static string Alleles(BitMatrix bits, int row) => string.Create(bits.Columns, (bits, row), (text, of) =>
    {
        for (var i = 0; i < text.Length; i++) text[i] = of.bits[of.row, i] ? '1' : '0';
    });
}
