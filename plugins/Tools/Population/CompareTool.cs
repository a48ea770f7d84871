using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Tools;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Report;

namespace PluginHost.Plugins.Population;

/// <summary><c>host population compare</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class CompareTool(CompareOptions options, BuildContext build) : ITool
{
    private const string Command = "population compare";
    private const string RealName = "real", TrainingName = "training";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files =>
    [
        .. PathPatterns.Meant([.. options.Real, .. options.Artificial, .. options.Train], build.ResolvePath),
        .. options.Legend is { } legend ? [build.ResolvePath(legend)] : Array.Empty<string>(),
    ];

    private IReadOnlyList<string> Real => PathPatterns.Expand(options.Real, build.ResolvePath);

    private IReadOnlyList<string> Artificial => PathPatterns.Expand(options.Artificial, build.ResolvePath);

    private IReadOnlyList<string> Training => PathPatterns.Expand(options.Train, build.ResolvePath);

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var path = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        var names = Names();
        if ((options.Region is not null || options.PassOnly) && !Real.Concat(Artificial).Concat(Training).Any(VcfHaplotypes.IsNamed))
            throw new UsageException("--region and --pass-only are for a VCF, and none of the files is one; .hapt files have no places.");
        var reader = new SetReader(options, context, cancellation);
        if (options.Legend is { } legend) reader.Legend(build.ResolvePath(legend));
        var real = reader.Read(RealName, Real, 0);
        if (!Enumerable.Range(0, real.Width).Any(real.Varies))
            throw new DataException($"{DataFile.Show(Real[0])}: all {Wording.Counted(real.Width, "SNP")} have one allele in every "
                + "haplotype; there is nothing to compare.");
        var sets = Artificial.Select((file, n) => reader.Read(names[n], [file], (ulong)n + 2)).ToList();
        var training = options.Train.Length > 0 ? reader.Read(TrainingName, Training, 1) : real;
        foreach (var set in sets.Where(s => !Enumerable.Range(0, s.Width).Any(s.Varies)))
            context.Warn($"{set.Name}: all haplotypes are the same; figures of what varies are not defined.");
        var comparison = new Comparison(options, real, sets, training, reader.Sites);
        comparison.Run(context.Progress, cancellation);
        var report = new CompareReport(options, comparison, training, reader.Sites);
        using (var folder = ResultFolder.Begin(Command, path, options.Force))
        {
            report.Write(folder);
            folder.Commit();
        }
        foreach (var table in report.Tables) context.Show(table);
        context.Output.WriteLine($"Report: {Path.Combine(options.Output, "report.html")}");
        return Task.FromResult(ExitCodes.Done);
    }

    /// <summary>Names of the artificial sets: those asked for, or their files'.</summary>
    private List<string> Names()
    {
        List<string> given = [.. options.Names.SelectMany(n => n.Split(',', StringSplitOptions.TrimEntries))];
        var files = Artificial;
        if (given.Count > 0 && given.Count != files.Count)
            throw new UsageException($"--names has {Wording.Counted(given.Count, "name")} for "
                + $"{Wording.Counted(files.Count, "artificial set")}; give one for each, separated by commas.");
        var names = given.Count > 0 ? given : [.. files.Select(OfFile)];
        var wrong = names.FirstOrDefault(n => n.Length == 0 || n.Any(char.IsControl) || n is RealName or TrainingName)
            ?? names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        return wrong is null ? names
            : throw new UsageException($"'{wrong}' cannot name an artificial set, or names two; give each a name of its own with --names, "
                + $"which is not '{RealName}' or '{TrainingName}'.");
    }

    private static string OfFile(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in (string[])[".gz", ".hapt", ".vcf"])
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) name = name[..^ending.Length];
        return name;
    }
}
