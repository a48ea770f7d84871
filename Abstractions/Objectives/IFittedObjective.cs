namespace PluginHost;

/// <summary>
/// An objective some of whose options follow from the training split: class names and weights, means of targets and
/// features. Once fitted it is an objective like any other, described by its options alone.
/// </summary>
public interface IFittedObjective : IObjective
{
    /// <summary>
    /// Looks at the training samples and says what follows from them. The host calls it once for a training stage, before
    /// heads are built, adds the result to the options written in the pipeline and builds the objective anew from them;
    /// these options go into the model folder, so that a reloaded model needs no training data.
    /// </summary>
    /// <param name="train">The training samples, in order; enumerate them once.</param>
    /// <returns>
    /// Option names and values, as in <see cref="ComponentSpec.With"/>; options that the pipeline sets are left as they are.
    /// </returns>
    /// <exception cref="DataException">A training sample lacks what the objective needs.</exception>
    IReadOnlyDictionary<string, object?> Fit(IEnumerable<Sample> train);

    /// <summary>What <see cref="Fit"/> decided and the user should know, in sentences. Known once it has returned.</summary>
    IReadOnlyList<string> Notes => [];

    /// <summary>What <see cref="Fit"/> found odd in the training split: a class of one row. Known once it has returned.</summary>
    IReadOnlyList<string> Warnings => [];
}
