namespace PluginHost.Plugins.Variants.Scoring;

/// <summary><c>host variants score</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class ScoreTool(ScoreOptions options, BuildContext build) : ITool
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [build.ResolvePath(options.Variants), build.ResolvePath(options.Genome)];

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation) => throw new NotSupportedException();
}
