using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;

namespace MyPlugin;

/// <summary>What a pipeline may say about the source.</summary>
public sealed class CsvOptions
{
    /// <summary>The training split.</summary>
    [Required, Description("File of the training split: a header line, then SEQUENCE,LABEL in each.")]
    public string Train { get; set; } = "";

    /// <summary>The development split.</summary>
    [Description("File of the development split.")]
    public string? Dev { get; set; }

    /// <summary>The test split.</summary>
    [Description("File of the test split.")]
    public string? Test { get; set; }
}

/// <summary>Sequences with labels, from a file for each split. The files are read whole, once.</summary>
internal sealed class CsvSource : IDataSource
{
    private readonly Dictionary<Split, Rows> splits = [];

    public CsvSource(CsvOptions options, BuildContext context)
    {
        foreach (var (split, file) in new[] { (Split.Train, options.Train), (Split.Dev, options.Dev), (Split.Test, options.Test) })
        {
            if (file is null) continue;
            var path = context.ResolvePath(file);
            splits[split] = File.Exists(path) ? new Rows(path) : throw new DataException($"There is no file {path}.");
        }
    }

    public IReadOnlyList<string> Files => [.. splits.Values.Select(rows => rows.File)];

    public IReadOnlyList<string> Notes => [.. splits.Values.Select(rows => $"{Path.GetFileName(rows.File)}: {rows.Count:N0} sequences.")];

    public ISampleSource? Open(Split split) => splits.GetValueOrDefault(split);

    private sealed class Rows(string file) : ISampleSource
    {
        private readonly Lazy<Sample[]> samples = new(() => Read(file));

        public string File => file;

        public long Count => samples.Value.Length;

        // A source that draws, such as random windows, takes its numbers from the generator and from nothing else.
        public Sample Get(long index, SeededRandom random) => samples.Value[index];

        private static Sample[] Read(string file)
        {
            var rows = System.IO.File.ReadLines(file).Select((line, i) => (Text: line, Where: $"{Path.GetFileName(file)}:{i + 1}")).Skip(1)
                .Where(line => line.Text.Length > 0).Select(line => Parse(line.Text, line.Where)).ToArray();
            return rows.Length > 0 ? rows : throw new DataException($"{file} has no sequence; give it lines below the header.");
        }

        private static Sample Parse(string text, string where) => text.Split(',') is [{ Length: > 0 } bases, var label]
            ? new(where, Alphabet.Dna.Normalize(bases, where))
            {
                Origin = where, Fields = new Dictionary<string, object> { [Sample.LabelField] = label },
            }
            : throw new DataException($"{where}: '{text}' is not SEQUENCE,LABEL.");
    }
}
