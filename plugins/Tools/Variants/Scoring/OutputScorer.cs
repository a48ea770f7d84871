using PluginHost.Libs.Genomics.Variants;
using PluginHost.Libs.Tools.Answers;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>How what the model says of a window changes: difference, log-odds ratio, and distances of the outputs of many labels.</summary>
internal sealed class OutputScorer : IPassReader
{
    private readonly ModelOutputs outputs;
    private Answer[] answers = [];

    /// <exception cref="UsageException">The model says nothing of a sequence as a whole.</exception>
    public OutputScorer(TrainedModel model)
    {
        outputs = new(model);
        if (outputs.Kind == OutputKind.BaseClasses)
            throw new UsageException(
                $"--score outputs: {model.Name} labels tokens and says nothing of a window as a whole; use --score states.");
        var columns = outputs.Names.Select(n => new ScoreColumn($"delta_{n}", $"alt - ref of the output '{n}'")).ToList();
        if (outputs.IsProbability)
            columns.AddRange(outputs.Names.Select(n => new ScoreColumn($"logor_{n}",
                $"log2(ref / (1 - ref)) - log2(alt / (1 - alt)) of the output '{n}': above 0 where the alternative lowers it (DNABERT)")));
        if (outputs.Kind == OutputKind.Labels) columns.AddRange(Distances.Columns("outputs", "the outputs"));
        Columns = columns;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScoreColumn> Columns { get; }

    /// <inheritdoc/>
    public Capture Capture => outputs.Capture;

    /// <inheritdoc/>
    public bool TokensOnly => false;

    /// <inheritdoc/>
    public void Begin(int windows) => answers = new Answer[windows];

    /// <inheritdoc/>
    public void Read(ModelBatch batch, BackboneOutput output)
    {
        foreach (var answer in outputs.Read(batch, output)) answers[answer.Place] = answer;
    }

    /// <inheritdoc/>
    public double[] Score(int reference, int alternative) => Of(answers[reference], answers[alternative]);

    private double[] Of(Answer reference, Answer alternative)
    {
        var row = reference.Values.Select((r, c) => (double)alternative.Values[c] - r).ToList();
        if (outputs.IsProbability)
            for (var c = 0; c < reference.Values.Length; c++)
                row.Add((reference.LogOdds(c, outputs.Kind) - alternative.LogOdds(c, outputs.Kind)) / Math.Log(2));
        if (outputs.Kind == OutputKind.Labels) row.AddRange(Distances.Of(reference.Values, alternative.Values));
        return [.. row];
    }
}
