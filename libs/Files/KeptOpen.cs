namespace PluginHost.Libs.Files;

/// <summary>A stream to write to that its owner closes.</summary>
public sealed class KeptOpen(Stream inner) : ForwardWriter
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> source) => inner.Write(source);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
