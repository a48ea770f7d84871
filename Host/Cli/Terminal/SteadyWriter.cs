using System.Text;

namespace PluginHost.Host.Cli.Terminal;

/// <summary>
/// A stream of the process that may be closed or full: what cannot be written is dropped, and the first reason is kept. Thread-safe as the
/// writer beneath it is.
/// </summary>
/// <param name="inner">Writes, or throws.</param>
public sealed class SteadyWriter(TextWriter inner) : TextWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    private string? closed;

    /// <summary>Why something was not delivered; null when all was.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Says beforehand that nothing can be written.</summary>
    public void Close(string reason) => closed ??= reason;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (closed is not null)
        {
            Failure = closed;
            return;
        }
        try { write(); }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Close(failure.Message);
            Failure = closed;
        }
    }
}
