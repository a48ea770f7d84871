namespace PluginHost;

using static TorchSharp.torch;

/// <summary>Turns streams into predictions for one role of an objective.</summary>
/// <param name="name">The module's name.</param>
public abstract class Head(string name) : nn.Module(name)
{
    /// <summary>The streams it reads.</summary>
    public abstract IReadOnlyList<StreamKey> Reads { get; }

    /// <summary>The batch columns it reads beside them.</summary>
    public virtual IReadOnlyList<BatchKey> ReadsColumns => [];

    /// <summary>Axes of its prediction, for example "B C" or "M V".</summary>
    public abstract string Predicts { get; }

    /// <summary>What the state dict's names begin with: <c>classifier</c>, <c>cls.predictions</c>.</summary>
    public abstract string StatePrefix { get; }

    /// <summary>
    /// Whether its weights mean the same in every task, as scores of the vocabulary's tokens do: they then go on to any other such head
    /// whose weights have the same names and shapes. Default: no, its outputs are those of one task, and weights go on only to the same
    /// head of the same objective with the same <see cref="ScoreCard.OutputNames"/>.
    /// </summary>
    public virtual bool IsGeneral => false;

    /// <summary>Whether its weights were read from a file when it was built: then none are carried over them. Default: no.</summary>
    public virtual bool IsFilled => false;

    /// <summary>
    /// The names, without <see cref="StatePrefix"/>, of the linear layer whose output is the prediction: a weight "C D" and a bias "C".
    /// Null
    /// where it ends in something else.
    /// </summary>
    public virtual (string Weight, string Bias)? LastLinear => null;

    /// <summary>Computes the prediction.</summary>
    public abstract Tensor Forward(BackboneOutput output, Batch batch);
}

/// <summary>A place for a head that an objective needs filled.</summary>
/// <param name="Name">The role: <c>lm</c>, <c>class</c>.</param>
/// <param name="Default">The head used unless the pipeline's <c>heads:</c> names another.</param>
public sealed record HeadRole(string Name, ComponentSpec Default)
{
    /// <summary>
    /// Which kind of answer it is, where any head of that kind would do: the tokenizer's prompt may then decide on one. Default: none,
    /// <see cref="Default"/> stays.
    /// </summary>
    public AnswerKind Answer { get; init; }

    /// <summary>How many numbers, classes or labels: axis C of the prediction. 0 until they are known.</summary>
    public int Outputs { get; init; }
}

/// <summary>Predictions by role.</summary>
/// <param name="byRole">Role names and tensors.</param>
public sealed class Predictions(IReadOnlyDictionary<string, Tensor> byRole)
{
    /// <summary>The prediction of a role.</summary>
    public Tensor this[string role] => byRole.TryGetValue(role, out var tensor)
        ? tensor
        : throw new PluginException($"There is no prediction for role '{role}'; there are: {string.Join(", ", byRole.Keys)}.");
}
