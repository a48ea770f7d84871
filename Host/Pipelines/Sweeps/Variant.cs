namespace PluginHost.Host.Pipelines.Sweeps;

/// <summary>One of the versions of a pipeline that are compared.</summary>
/// <param name="Name">Its run folder is named after it.</param>
/// <param name="Pipeline">The pipeline with the version's values in place.</param>
public sealed record Variant(string Name, PipelineDefinition Pipeline)
{
    /// <summary>What sets it apart from the others, in order.</summary>
    public IReadOnlyList<Factor> Factors { get; init; } = [];
}

/// <summary>What a factor of a sweep is.</summary>
public enum FactorKind
{
    /// <summary>A named version.</summary>
    Variant,

    /// <summary>An option that is tried with several values.</summary>
    Grid,

    /// <summary>A share of the training rows.</summary>
    Subset,

    /// <summary>A seed: a repetition.</summary>
    Seed,

    /// <summary>A fold: a repetition.</summary>
    Fold,
}

/// <summary>One thing that sets a run apart from the others of a sweep.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">variant, subset, seed, fold, or the option.</param>
/// <param name="Value">As text.</param>
public sealed record Factor(FactorKind Kind, string Name, string Value)
{
    /// <summary>Whether runs that differ in it are averaged.</summary>
    public bool IsRepetition => Kind is FactorKind.Seed or FactorKind.Fold;

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        FactorKind.Variant => Value,
        FactorKind.Subset => $"{Value} % of the labels",
        _ => $"{Name} {Value}",
    };
}
