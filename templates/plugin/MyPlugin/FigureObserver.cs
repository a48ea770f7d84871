using System.ComponentModel;
using System.Globalization;
using PluginHost;

namespace MyPlugin;

/// <summary>What a pipeline may say about the observer.</summary>
public sealed class FigureOptions
{
    /// <summary>Training figures, too.</summary>
    [Description("Write the figures of training too, not only those of scored splits.")]
    public bool Training { get; set; } = true;
}

/// <summary>Writes <c>figures.csv</c> into its folder in the run. Nothing stays open between calls, so nothing can be lost.</summary>
internal sealed class FigureObserver(FigureOptions options) : IRunObserver
{
    public void Trained(TrainingFigures figures)
    {
        if (options.Training) Write(figures, figures.Step, "train", "loss", figures.Loss);
    }

    public void Evaluated(EvaluationFigures figures)
    {
        foreach (var (metric, value) in figures.Metrics) Write(figures, figures.Step ?? 0, figures.Split, metric, value);
    }

    private static void Write(RunEvent of, long step, string split, string figure, double value)
    {
        var file = Path.Combine(of.Run.Folder, "figures.csv");
        if (!File.Exists(file)) File.WriteAllText(file, "stage,step,split,figure,value\n");
        File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{of.Stage},{step},{split},{figure},{value}\n"));
    }
}
