namespace PluginHost.Libs.Supervised;

/// <summary>The features of a sample, each with its mean taken off and divided by its deviation.</summary>
/// <param name="options">Fields, means and deviations.</param>
public sealed class FeatureScale(SequenceOptions options)
{
    private readonly NumberFields fields = new(options.Features, "features");

    /// <summary>How many there are.</summary>
    public int Count => options.FeatureMeans.Length;

    /// <summary>What follows from a training sample row by row; null where the options say all already.</summary>
    public static FeatureFit? Fit(SequenceOptions options) => options.Features.Length == 0 || options.FeatureMeans.Length > 0 ? null
        : new FeatureFit(options.Features);

    /// <summary>The scaled features.</summary>
    /// <exception cref="DataException">A field is missing, a number is, or there are more or fewer than in training.</exception>
    public float[] Read(Sample sample)
    {
        var numbers = (float[])fields.Read(sample).Clone();
        if (numbers.Length != Count)
            throw new DataException($"{sample.Where}: there are {numbers.Length} feature numbers, but {Count} in the training data "
                + $"({string.Join(", ", options.Features.Take(8))}{(options.Features.Length > 8 ? ", ..." : "")}); "
                + "give every row the same.");
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!float.IsFinite(numbers[i])) throw Missing(fields, sample, i, numbers[i]);
            numbers[i] = (float)((numbers[i] - options.FeatureMeans[i]) / options.FeatureDeviations[i]);
        }
        return numbers;
    }

    internal static DataException Missing(NumberFields fields, Sample sample, int index, float value) => new(
        $"{sample.Where}: the feature {fields.FieldOf(sample, index)} is {(float.IsNaN(value) ? "missing or not a number" : "infinite")}; "
            + "fill it in, remove the row, or leave the feature out.");
}

/// <summary>Gathers names, means and deviations of features over the training split.</summary>
/// <param name="patterns">The option <c>features</c>.</param>
public sealed class FeatureFit(string[] patterns)
{
    private NumberFields? fields;
    private Moments? moments;
    private string first = "";

    /// <summary>Takes a training sample in.</summary>
    /// <exception cref="DataException">A field is missing, a number is, or there are more or fewer than in the first row.</exception>
    public void Add(Sample sample)
    {
        fields ??= new NumberFields(NumberFields.Resolve(patterns, sample, "features"), "features");
        var numbers = fields.Read(sample);
        if (moments is null) (moments, first) = (new Moments(numbers.Length), sample.Where);
        if (numbers.Length != moments.Width)
            throw new DataException(
                $"{sample.Where}: there are {numbers.Length} feature numbers, but {moments.Width} at {first}; give every row the same.");
        for (var i = 0; i < numbers.Length; i++)
            if (!float.IsFinite(numbers[i])) throw FeatureScale.Missing(fields, sample, i, numbers[i]);
        moments.Add(numbers);
    }

    /// <summary>Adds the options that follow.</summary>
    public void Write(IDictionary<string, object?> fitted)
    {
        if (fields is null || moments is null) return;
        fitted["features"] = fields.Fields;
        fitted["featureMeans"] = moments.Means();
        fitted["featureDeviations"] = moments.Deviations();
    }
}
