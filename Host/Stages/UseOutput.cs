using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.TableFiles;

namespace PluginHost.Host.Stages;

/// <summary>Where <c>host predict</c> and <c>host evaluate</c> write their table: checked before the model is loaded.</summary>
public sealed class UseOutput
{
    private const string Coordinates = "Places (chromosome, start, end) are 0-based and half-open, on the forward strand.";

    private readonly OutputFile file;
    private readonly TableFormat format;

    private UseOutput(OutputFile file, TableFormat format) => (this.file, this.format) = (file, format);

    /// <summary>Whether it is standard output, by whatever name.</summary>
    public bool IsStandardOutput => file.IsStandardOutput;

    /// <summary>Looks at where the table goes; standard output when nothing is named.</summary>
    /// <exception cref="UsageException">It cannot go there, or its name tells no format.</exception>
    public static UseOutput Check(UseRequest request)
    {
        var path = request.Output ?? OutputFile.Standard;
        var format = TableFormat.Of(path);
        var model = ModelCard.Find(request.Model);
        return new(
            OutputFile.Check(path, request.Force, [model, .. RunOf(model), request.Adapter ?? "", .. Read(request.Data)]), format);
    }

    /// <summary>The files of the run that a model folder lies in: predictions are none of them.</summary>
    private static IEnumerable<string> RunOf(string model)
    {
        var run = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(model))) ?? "";
        return File.Exists(Path.Combine(run, RunFiles.Run)) && File.Exists(Path.Combine(run, RunFiles.Pipeline))
            ? Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories) : [];
    }

    /// <summary>Files that the data's options name, as far as that is told without opening it.</summary>
    private static IEnumerable<string> Read(IReadOnlyList<NamedData> data) => data.SelectMany(d => d.Source.With.Values)
        .SelectMany(value => value is IEnumerable<object?> list ? list : [value]).OfType<string>().Where(File.Exists);

    /// <summary>Refuses to be a file of the data, or to be BED where the data has no places.</summary>
    /// <param name="inputs">Files that are read.</param>
    /// <param name="first">The first sample.</param>
    /// <exception cref="UsageException">It is.</exception>
    public void Refuse(IEnumerable<string> inputs, Sample first)
    {
        file.Refuse(inputs);
        if (format.Kind == TableKind.Bed && first.Place is null) throw BedRows.Homeless(first.Id);
    }

    /// <summary>Writes the rows of a table, and says how many figures mean nothing.</summary>
    public void Write(IReadOnlyList<PredictionRow> rows, IReadOnlyList<string> outputs, IRunView view)
    {
        foreach (var sentence in PredictionNotes.Sentences(rows)) view.Warn(sentence);
        if (rows.Any(r => r.IsPlaced)) view.Say(Coordinates);
        if (file.Path == OutputFile.Standard)
        {
            using var text = new StringWriter();
            PredictionRow.Write(text, rows, outputs);
            foreach (var line in text.ToString().TrimEnd('\n').Split('\n')) view.Result(line);
            return;
        }
        var table = new PredictionColumns(rows, outputs);
        var (columns, cells) = format.Kind == TableKind.Bed ? BedRows.Of(rows, table) : (table.Columns, rows.Select(table.Cells));
        TableFile.Write(file, format, columns, cells);
        view.Say($"Predictions: {(file.IsStream ? file.Path : Path.GetFullPath(file.Path))}");
    }
}
