namespace PluginHost;

/// <summary>A plugin kind: tells which source reads a file or folder, so that a command line can name that alone.</summary>
/// <remarks>Registered like any component: <c>catalog.Add&lt;IInputFormat, NoOptions&gt;("fasta", ...)</c>.</remarks>
public interface IInputFormat
{
    /// <summary>Looks at a file or folder.</summary>
    /// <returns>How to read it, or null when it is of another format.</returns>
    InputReading? Recognize(InputFile file);
}

/// <summary>A file or folder that was named on a command line, or found where data sets are looked for.</summary>
/// <param name="Path">As it was written.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Head">
/// The first bytes of a file, decompressed, without a byte order mark and leading white space; empty for a folder.
/// </param>
public sealed record InputFile(string Path, bool IsFolder, ReadOnlyMemory<byte> Head)
{
    /// <summary>Share of the training samples to hold out for development where there is no dev split: 0 for none.</summary>
    public double DevShare { get; init; }

    /// <summary>
    /// How a pipeline that is to read this reads data of its own; null for none. A format of the same source takes from it what columns
    /// are called and mean, never which files are read.
    /// </summary>
    public ComponentSpec? Like { get; init; }

    /// <summary>FASTA files, for data that holds places on a genome.</summary>
    public IReadOnlyList<string> Genome { get; init; } = [];
}

/// <summary>How a file or folder is read.</summary>
/// <param name="Source">
/// The source, as a pipeline would write it. A single file is one set of samples, for whichever split is asked.
/// </param>
public sealed record InputReading(ComponentSpec Source)
{
    /// <summary>True where the content does not prove the format: another format that is certain goes first.</summary>
    public bool IsGuess { get; init; }
}
