using System.Globalization;

namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>What a published classifier predicts, as its configuration and the shape of its layer say it.</summary>
/// <param name="config">Its <c>config.json</c>.</param>
/// <param name="weight">Shape of the last layer, "C D"; null for one that is not there yet.</param>
/// <param name="isPerToken">Whether it gives each token a class.</param>
/// <param name="isNew">Whether a classifier was asked for, whatever the configuration says of another head.</param>
internal sealed class ClassifierTask(ConfigReader config, IReadOnlyList<long>? weight, bool isPerToken, bool isNew)
{
    private const string Regression = "regression", SingleLabel = "single_label_classification", MultiLabel = "multi_label_classification";

    /// <summary>Letters that stand for classes whose names are longer.</summary>
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly IReadOnlyList<string> labels = config.Labels();

    /// <summary>The objective.</summary>
    /// <param name="pooling">Options that say what the head reads.</param>
    /// <exception cref="DataException">The configuration contradicts the weights, or names a kind of problem that nobody knows.</exception>
    public ComponentSpec Objective(Dictionary<string, object?> pooling)
    {
        var outputs = weight is [var rows, _] ? rows : labels.Count > 0 ? labels.Count : config.Whole("num_labels") ?? 2;
        var names = labels.Count == outputs && !labels.All(l => l.StartsWith("LABEL_", StringComparison.Ordinal)) ? labels : null;
        if (isPerToken && !isNew) return Tokens(outputs, names);
        // Published code takes a single output for a number where nothing says otherwise.
        var kind = isNew ? SingleLabel : config.Text("problem_type") ?? (outputs == 1 ? Regression : SingleLabel);
        var options = new Dictionary<string, object?>(pooling);
        switch (kind)
        {
            case Regression:
                options["outputs"] = Named(names, outputs, "output_");
                if (names is not null) options["targets"] = names.ToList<object?>();
                options["targetMeans"] = Repeated(0.0, outputs);
                options["targetDeviations"] = Repeated(1.0, outputs);
                return new("regress", options);
            case MultiLabel:
                options["labels"] = Named(names, outputs, "label_");
                options["format"] = "names";
                return new("multi-label", options);
            case SingleLabel when outputs == 1:
                throw new DataException(
                    $"config.json: 'problem_type' is '{SingleLabel}', but the classifier has one output, which no choice "
                    + $"of class can be. Correct it to '{Regression}' or '{MultiLabel}'.");
            case SingleLabel:
                if (names is not null) options["labels"] = names.ToList<object?>();
                else options["classes"] = outputs;
                return new("classify", options);
            default:
                throw new DataException($"config.json: 'problem_type' is '{kind}'; known are {Regression}, {SingleLabel} and {MultiLabel}. "
                    + "Copy the file again from where the weights were published.");
        }
    }

    private static ComponentSpec Tokens(long outputs, IReadOnlyList<string>? names)
    {
        var options = new Dictionary<string, object?> { ["level"] = "token" };
        if (names is not null && names.All(n => n.Length == 1) && names.Distinct().Count() == names.Count)
            options["letters"] = string.Concat(names);
        else
        {
            if (outputs > Letters.Length)
                throw new DataException($"The checkpoint gives each token one of {outputs} classes; at most {Letters.Length} can be told "
                    + "apart by a letter.");
            options["letters"] = Letters[..(int)outputs];
            if (names is not null) options["names"] = names.ToList<object?>();
        }
        // A letter that stands for no class must not be one.
        if (((string)options["letters"]!).Contains('?', StringComparison.Ordinal)) options["unknown"] = "";
        return new("token-labels", options);
    }

    private static List<object?> Named(IReadOnlyList<string>? names, long count, string root) => names is not null ? [.. names]
        : count == 1 ? [Sample.LabelField]
        : [.. Enumerable.Range(0, (int)count).Select(i => root + i.ToString(CultureInfo.InvariantCulture))];

    private static List<object?> Repeated(double value, long count) => [.. Enumerable.Repeat((object?)value, (int)count)];
}
