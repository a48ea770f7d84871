namespace PluginHost.Libs.Attribution.Mutations;

/// <summary>Says what mutations of a sequence do.</summary>
public interface IMutationScorer
{
    /// <summary>What its figures are, with their formula, in a sentence or two.</summary>
    string Meaning { get; }

    /// <summary>Names of the outputs, axis C.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>The effects of all mutations of one sequence.</summary>
    /// <param name="sample">Not longer than the model takes.</param>
    /// <param name="mutations">Of it, in the order of positions.</param>
    /// <param name="done">Is told how many more are computed.</param>
    /// <param name="cancellation">Stops between batches.</param>
    MutationEffects Of(Sample sample, IReadOnlyList<Mutation> mutations, Action<int> done, CancellationToken cancellation);
}
