namespace PluginHost;

/// <summary>A plugin kind: tells which source reads a file, so that a command line can name the file alone.</summary>
/// <remarks>Registered like any component: <c>catalog.Add&lt;IInputFormat, NoOptions&gt;("fasta", ...)</c>.</remarks>
public interface IInputFormat
{
    /// <summary>Looks at a file.</summary>
    /// <returns>How to read it, or null when it is of another format.</returns>
    InputReading? Recognize(InputFile file);
}

/// <summary>A file or folder that was named on a command line.</summary>
/// <param name="Path">As it was written.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Head">The first bytes of a file, decompressed, without a byte order mark and leading white space; empty for a folder.</param>
public sealed record InputFile(string Path, bool IsFolder, ReadOnlyMemory<byte> Head);

/// <summary>How a file is read.</summary>
/// <param name="Source">The source, as a pipeline would write it: the file's one set of samples, for whichever split is asked.</param>
public sealed record InputReading(ComponentSpec Source)
{
    /// <summary>True where the content does not prove the format: another format that is certain goes first.</summary>
    public bool IsGuess { get; init; }
}
