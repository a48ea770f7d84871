namespace PluginHost.Libs.Files;

/// <summary>A stream that only goes forward: no length, no place, no way back. A subclass reads or writes.</summary>
public abstract class OneWayStream : Stream
{
    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw OnlyForward();

    /// <inheritdoc/>
    public override long Position { get => throw OnlyForward(); set => throw OnlyForward(); }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw OnlyForward();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw OnlyForward();

    private NotSupportedException OnlyForward() => new($"A {GetType().Name} only goes forward.");
}

/// <summary>A stream that is read from start to end; a subclass has one way to read.</summary>
public abstract class ForwardReader : OneWayStream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public abstract override int Read(Span<byte> destination);

    /// <inheritdoc/>
    public override int Read(byte[] destination, int offset, int count) => Read(destination.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void Write(byte[] source, int offset, int count) =>
        throw new NotSupportedException($"A {GetType().Name} is only read.");
}

/// <summary>A stream that is written from start to end; a subclass has one way to write.</summary>
public abstract class ForwardWriter : OneWayStream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public abstract override void Write(ReadOnlySpan<byte> source);

    /// <inheritdoc/>
    public override void Write(byte[] source, int offset, int count) => Write(source.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(byte[] destination, int offset, int count) =>
        throw new NotSupportedException($"A {GetType().Name} is only written.");
}
