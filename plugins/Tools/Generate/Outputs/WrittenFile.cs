using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.TableFiles;

namespace PluginHost.Plugins.Generate.Outputs;

/// <summary>The file of what was written, in the format that its name tells.</summary>
/// <param name="file">Checked.</param>
/// <param name="options">Name of the group, and whether prompts are written too.</param>
internal sealed class WrittenFile(OutputFile file, GenerateOptions options)
{
    private const string Packed = ".gz", Haplotypes = ".hapt";

    private static readonly string[] fasta = [".fa", ".fasta", ".fna"];

    private static readonly TableColumn[] columns =
    [
        new("id", typeof(string)), new("prompt", typeof(string)), new("sequence", typeof(string)), new("tokens", typeof(long)),
        new("log_probability", typeof(double)), new("log_probability_per_base", typeof(double)), new("end", typeof(string)),
        new("attempt", typeof(long)), new("seed", typeof(long)),
    ];

    private readonly bool isPacked = IsPacked(file.Path);

    private bool IsHaplotypes => Ending == Haplotypes;

    private string Ending => EndingOf(file.Path);

    /// <summary>Refuses an ending that tells nothing, before any work.</summary>
    /// <exception cref="UsageException">It is none that is known.</exception>
    public static void Check(string path)
    {
        if (path == OutputFile.Standard || EndingOf(path) == Haplotypes || fasta.Contains(EndingOf(path))) return;
        try
        {
            if (TableFormat.Of(path).Kind != TableKind.Bed) return;
        }
        catch (UsageException)
        {
        }
        throw new UsageException($"--output {path}: the name must end in .fa, .fasta, .tsv, .csv, .jsonl, .json or .hapt (and .gz "
            + "after it, to pack it), or in .parquet.");
    }

    /// <summary>Refuses what a model writes that the format does not hold.</summary>
    /// <exception cref="UsageException">Haplotypes of bases, or of unequal length.</exception>
    public static void Check(string path, TrainedModel model, GenerateOptions options)
    {
        if (EndingOf(path) != Haplotypes) return;
        if (model.Tokenizer.Alphabet.IsDna)
            throw new UsageException($"--output {path}: haplotypes are alleles, 0 and 1, but {model.Name} writes bases; write .fa or "
                + "a table.");
        if (options.Length is null)
            throw new UsageException($"--output {path}: haplotypes all have as many alleles; say with --length how many.");
    }

    private static bool IsPacked(string path) => path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);

    private static string EndingOf(string path) => Path.GetExtension(IsPacked(path) ? path[..^Packed.Length] : path).ToLowerInvariant();

    /// <summary>Writes all.</summary>
    public void Write(IEnumerable<WrittenRow> rows)
    {
        if (IsHaplotypes) WriteText(stream => AddHaplotypes(stream, rows));
        else if (fasta.Contains(Ending)) WriteText(stream => AddFasta(stream, rows));
        else
            TableFile.Write(file, TableFormat.Of(file.Path), columns, rows.Select(r => (IReadOnlyList<object?>)
            [
                r.Id, r.Prompt, r.Sequence, (long)r.Tokens, Math.Round(r.LogProbability, 4),
                r.Sequence.Length == 0 ? null : Math.Round(r.LogProbability / r.Sequence.Length, 6), r.End, (long)r.Attempt,
                (long)options.Seed,
            ]));
    }

    private void WriteText(Action<Stream> write) => file.Write(stream =>
    {
        using var packed = isPacked ? new BgzfWriter(new KeptOpen(stream)) : null;
        write((Stream?)packed ?? stream);
    });

    private void AddFasta(Stream stream, IEnumerable<WrittenRow> rows)
    {
        using var buffered = new BufferedStream(new KeptOpen(stream), 1 << 16);
        var writer = new FastaWriter(buffered);
        foreach (var row in rows)
        {
            writer.Begin(string.Create(CultureInfo.InvariantCulture,
                $"{row.Id} log_probability={row.LogProbability:0.0000} length={row.Sequence.Length} end={row.End}"));
            if (options.WithPrompt) writer.Write(row.Prompt);
            writer.Write(row.Sequence);
            writer.End();
        }
    }

    private void AddHaplotypes(Stream stream, IEnumerable<WrittenRow> rows)
    {
        using var text = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true);
        foreach (var row in rows) text.Write($"{options.Group} {row.Id} {string.Join(' ', row.Sequence.ToCharArray())}\n");
    }
}
