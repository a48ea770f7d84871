using System.Globalization;
using PluginHost.Host.Scoring;
using PluginHost.Libs.Statistics;

namespace PluginHost.Host.Stages;

/// <summary>Says plainly what training before a stage did, from two models' results on the same samples.</summary>
public static class PretrainingVerdict
{
    private const double Unlikely = 0.05;

    /// <summary>A sentence on the first metric, with an exact sign test on the samples where only one model is right.</summary>
    /// <param name="split">Where both were scored.</param>
    /// <param name="model">The model trained on from the stages before.</param>
    /// <param name="scratch">The same trained from random weights.</param>
    /// <param name="higherIsBetter">Of the first metric.</param>
    public static string Sentence(string split, EvaluationResult model, EvaluationResult scratch, bool higherIsBetter = true)
    {
        var (name, with) = model.Metrics.First();
        var without = scratch.Metrics[name];
        var undefined = double.IsNaN(with) || double.IsNaN(without);
        var text = undefined ? $"What pretraining did: {split} {name} is undefined {(double.IsNaN(with) ? "with it" : "")}"
            + $"{(double.IsNaN(with) && double.IsNaN(without) ? " and " : "")}{(double.IsNaN(without) ? "from random weights" : "")}, "
                + "so it says "
            + "nothing."
            : string.Create(CultureInfo.InvariantCulture,
            $"What pretraining did: {split} {name} is {with:0.0000} with it and {without:0.0000} from random weights, a difference of "
                + $"{with - without:+0.0000;-0.0000;0.0000}.");
        var (onlyModel, onlyScratch) = Disagreements(model, scratch);
        if (onlyModel + onlyScratch == 0) return text;
        var chance = SignTest.P(onlyModel, onlyScratch);
        return text + string.Create(CultureInfo.InvariantCulture,
            $" Of the {onlyModel + onlyScratch:N0} sequences that only one of the two gets right, {onlyModel:N0} go to the pretrained "
                + $"model (sign test p {Shown(chance)}): ") +
            Verdict(chance, onlyModel - onlyScratch, with - without, higherIsBetter);
    }

    /// <summary>A verdict is given where the count of sequences and the figure say the same.</summary>
    private static string Verdict(double chance, int sequences, double figure, bool higherIsBetter) =>
        chance >= Unlikely ? "no clear difference."
        : double.IsNaN(figure) ? "a difference that the figure cannot confirm."
        : sequences > 0 != (higherIsBetter ? figure > 0 : figure < 0) ? "no clear difference, as the figure says the contrary."
        : sequences > 0 ? "pretraining helped here." : "pretraining hurt here.";

    /// <summary>A probability as it stands in sentences: "= 0.012", "&lt; 0.001".</summary>
    public static string Shown(double chance) =>
        chance < 0.001 ? "< 0.001" : string.Create(CultureInfo.InvariantCulture, $"= {chance:0.000}");

    /// <summary>How many samples only one of two models gets right: none where samples have no class.</summary>
    public static (int OnlyModel, int OnlyScratch) Disagreements(EvaluationResult model, EvaluationResult scratch)
    {
        var (onlyModel, onlyScratch) = (0, 0);
        foreach (var (a, b) in model.Predictions.Zip(scratch.Predictions))
        {
            if (a.Truth is not { } truth || truth < 0) continue;
            if (a.Predicted == truth && b.Predicted != truth) onlyModel++;
            if (a.Predicted != truth && b.Predicted == truth) onlyScratch++;
        }
        return (onlyModel, onlyScratch);
    }
}
