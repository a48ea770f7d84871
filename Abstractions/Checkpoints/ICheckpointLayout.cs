namespace PluginHost.Checkpoints;

/// <summary>
/// A layout in which models were published: <c>host import ... --as NAME</c>. The host reads the files and checks every tensor; the layout
/// says what they mean.
/// </summary>
/// <remarks>Registered like any component: <c>catalog.Add&lt;ICheckpointLayout, NoOptions&gt;("my-model", ...)</c>.</remarks>
public interface ICheckpointLayout
{
    /// <summary>Names of heads that can be asked for at random, for <c>--new-head</c>.</summary>
    IReadOnlyList<string> NewHeads { get; }

    /// <summary>
    /// Reads sizes from the configuration and the tensors, and says where each tensor goes. It need not check shapes: the host does.
    /// </summary>
    /// <exception cref="DataException">
    /// The content is of another layout, or uses something the architecture cannot do: says what.
    /// </exception>
    /// <exception cref="UsageException">The new head that is asked for is unknown, or is in the file already.</exception>
    CheckpointPlan Plan(CheckpointContent content);
}
