namespace PluginHost;

/// <summary>A command that a plugin contributes; the host only dispatches to it.</summary>
/// <remarks>Added to the catalog under "noun verb": <c>catalog.Add&lt;ITool, ExtractOptions&gt;("ggrams extract", ...)</c> becomes <c>host ggrams extract</c>, its options the command's options.</remarks>
public interface ITool
{
    /// <summary>Runs the command.</summary>
    /// <param name="context">Where results and messages go.</param>
    /// <param name="cancellation">Set by Ctrl-C; stop soon and leave nothing half-written.</param>
    /// <returns>The exit code: 0 done.</returns>
    Task<int> RunAsync(ToolContext context, CancellationToken cancellation);
}

/// <summary>What a running tool may use of the host.</summary>
public abstract class ToolContext
{
    /// <summary>Standard output: results only.</summary>
    public abstract TextWriter Output { get; }

    /// <summary>Says something to the person, on standard error.</summary>
    public abstract void Say(string message);

    /// <summary>Shows progress: a bar on a terminal, a plain line every few seconds elsewhere.</summary>
    /// <param name="what">What is being counted, for example "bases".</param>
    /// <param name="done">How many so far.</param>
    /// <param name="total">How many there will be, or null if unknown.</param>
    public abstract void Progress(string what, long done, long? total);
}
