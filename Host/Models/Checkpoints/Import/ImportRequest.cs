using PluginHost.Checkpoints;

namespace PluginHost.Host.Models.Checkpoints.Import;

/// <summary>What is to be imported, and how.</summary>
/// <param name="Source">A folder of published weights, or a file.</param>
/// <param name="Layout">Name of the <see cref="ICheckpointLayout"/>.</param>
/// <param name="Output">The model folder to make.</param>
/// <param name="NewHead">A head to be made at random because the file lacks it; null for none.</param>
/// <param name="Overrides"><c>path=value</c> over the layout's choice of tokenizer, architecture, objective and heads.</param>
/// <param name="LeftOut">Patterns of tensor names to leave out, <c>*</c> for any characters.</param>
/// <param name="Seed">Of a new head's weights.</param>
/// <param name="DryRun">Check and report only.</param>
/// <param name="Force">Whether a model folder that is there is replaced.</param>
public sealed record ImportRequest(
    string Source, string Layout, string Output, string? NewHead, IReadOnlyList<string> Overrides, IReadOnlyList<string> LeftOut,
        ulong Seed, bool DryRun, bool Force = false);
