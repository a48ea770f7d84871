using PluginHost.Host.Terminal;

namespace PluginHost.Host.DataTools;

/// <summary>One of the <c>host data</c> commands. The host scans its assembly for these; there is no central list.</summary>
internal interface IDataTool
{
    /// <summary>Where it stands in the help: small numbers first.</summary>
    int Order { get; }

    /// <summary>The command's name.</summary>
    string Verb { get; }

    /// <summary>One line for the help.</summary>
    string Summary { get; }

    /// <summary>Command lines for the help.</summary>
    IReadOnlyList<string> Examples { get; }

    /// <summary>A plain class with defaults, limits and descriptions.</summary>
    Type Options { get; }

    /// <summary>Does it.</summary>
    /// <param name="options">Of type <see cref="Options"/>, validated.</param>
    /// <param name="view">Messages, progress and results.</param>
    /// <param name="cancellation">Asks to stop: nothing is left behind.</param>
    /// <returns>The exit code.</returns>
    int Run(object options, IRunView view, CancellationToken cancellation);
}

/// <summary>A data tool with its options.</summary>
internal abstract class DataTool<TOptions> : IDataTool
    where TOptions : class, new()
{
    public abstract int Order { get; }
    public abstract string Verb { get; }
    public abstract string Summary { get; }
    public abstract IReadOnlyList<string> Examples { get; }
    public Type Options => typeof(TOptions);

    public int Run(object options, IRunView view, CancellationToken cancellation) => Run((TOptions)options, view, cancellation);

    /// <inheritdoc cref="IDataTool.Run"/>
    protected abstract int Run(TOptions options, IRunView view, CancellationToken cancellation);
}
