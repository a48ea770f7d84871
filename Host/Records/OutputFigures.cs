using System.Globalization;

namespace PluginHost.Host.Records;

/// <summary>Figures of each class or output as a table: a row each, a column per metric. Empty where a figure is undefined.</summary>
public static class OutputFigures
{
    /// <summary>Writes it, tab-separated, with numbers in full.</summary>
    public static void Write(TextWriter writer, IReadOnlyDictionary<string, IReadOnlyList<double>> figures, IReadOnlyList<string> outputs)
    {
        writer.Write($"output\t{string.Join('\t', figures.Keys)}\n");
        for (var c = 0; c < outputs.Count; c++)
            writer.Write($"{outputs[c]}\t{string.Join('\t', figures.Values.Select(f => Cell(f, c)))}\n");
    }

    private static string Cell(IReadOnlyList<double> figures, int output) =>
        output < figures.Count && !double.IsNaN(figures[output]) ? figures[output].ToString("R", CultureInfo.InvariantCulture) : "";
}
