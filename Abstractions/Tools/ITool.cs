namespace PluginHost;

/// <summary>
/// What one does with data or with a trained model: a command of the host and a stage of a pipeline, with the same options.
/// </summary>
/// <remarks>
/// Added to the catalog under one word or a noun and a verb: <c>catalog.Add&lt;ITool, ExtractOptions&gt;("ggrams extract", ...)</c> becomes
/// <c>host ggrams extract</c>. The options class is the command's options; <see cref="PositionalAttribute"/> makes one an argument,
/// <see cref="ValueNameAttribute"/> and <see cref="ShortNameAttribute"/> say how it is written, <see cref="ExampleAttribute"/> begins
/// the help.
/// </remarks>
public interface ITool
{
    /// <summary>
    /// Full paths of the files it reads; their SHA-256 go into <c>run.json</c>, and a pipeline refuses a missing one before its first
    /// stage. Default none.
    /// </summary>
    IReadOnlyList<string> Files => [];

    /// <summary>
    /// Refuses options that the model cannot serve, such as a layer it has not. A pipeline asks before its first stage; nothing is written.
    /// </summary>
    /// <param name="model">The model that the tool's stage will be given, not trained yet.</param>
    /// <exception cref="UsageException">An option does not fit.</exception>
    void Check(TrainedModel model) { }

    /// <summary>Does it. Tensors belong to the thread it is called on: do not await between making and using them.</summary>
    /// <param name="context">Where results and messages go, and what may be asked of the host.</param>
    /// <param name="cancellation">Set by Ctrl-C; stop soon and leave nothing half-written.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    Task<int> RunAsync(ToolContext context, CancellationToken cancellation);
}
