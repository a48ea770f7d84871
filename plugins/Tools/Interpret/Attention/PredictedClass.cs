using PluginHost.Libs.Tools.Answers;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>Gives sequences the class that the model itself gives them, as a field.</summary>
internal sealed class PredictedClass
{
    private const string Field = "predicted";
    private readonly ModelOutputs outputs;

    /// <param name="model">With classes of sequences.</param>
    /// <exception cref="UsageException">It has none.</exception>
    public PredictedClass(TrainedModel model)
    {
        outputs = new(model);
        if (outputs.Kind != OutputKind.Classes)
            throw new UsageException($"--by {Field}: {model.Name} gives a sequence no class; name a field of the data.");
    }

    /// <summary>Whether a field means this.</summary>
    public static bool Wanted(string by) => by == Field;

    /// <summary>The samples of a batch, each with its field.</summary>
    public IReadOnlyList<Sample> Name(ModelBatch batch) => [.. outputs.Read(batch).Zip(batch.Batch.Samples, (answer, sample) => sample with
    {
        Fields = new Dictionary<string, object>(sample.Fields)
        {
            [Field] = outputs.Names[Array.IndexOf(answer.Values, answer.Values.Max())],
        },
    })];
}
