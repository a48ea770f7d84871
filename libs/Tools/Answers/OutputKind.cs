namespace PluginHost.Libs.Tools.Answers;

/// <summary>What a model says of a sequence.</summary>
public enum OutputKind
{
    /// <summary>Probabilities of classes that exclude each other; they sum to 1.</summary>
    Classes,

    /// <summary>A probability of each of several labels.</summary>
    Labels,

    /// <summary>Numbers, in the units of the data.</summary>
    Values,

    /// <summary>Probabilities of classes for stretches of the sequence: a token labeller's.</summary>
    BaseClasses,
}
