namespace PluginHost.Host.Cli.Commands;

/// <summary>A command with its options. It is made at every start, so what it needs for its work comes as <see cref="Lazy{T}"/>.</summary>
/// <param name="name">One word, or a noun and a verb.</param>
/// <param name="summary">One line for the help.</param>
/// <param name="order">Where it stands in the help: small numbers first.</param>
internal abstract class HostCommand<TOptions>(string name, string summary, int order) : IHostCommand
    where TOptions : class, new()
{
    public string Name => name;

    public string Summary => summary;

    public int Order => order;

    public virtual bool Hidden => false;

    public Type Options => typeof(TOptions);

    public Task<int> RunAsync(object options, CancellationToken cancellation) => RunAsync((TOptions)options, cancellation);

    /// <inheritdoc cref="IHostCommand.RunAsync"/>
    protected abstract Task<int> RunAsync(TOptions options, CancellationToken cancellation);
}
