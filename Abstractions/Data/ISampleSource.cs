namespace PluginHost;

/// <summary>One split of a data set, by index. Thread-safe: batches are prepared on workers.</summary>
public interface ISampleSource
{
    /// <summary>How many samples one epoch has.</summary>
    long Count { get; }

    /// <summary>Reads a sample.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="random">
    /// Seeded by run seed, epoch and index: a source that draws (random windows) draws from this alone, so the same
    /// epoch gives the same samples whatever the worker count.
    /// </param>
    Sample Get(long index, SeededRandom random);

    /// <summary>
    /// What of the data this split leaves out, counted, in sentences: windows of N, records without bases. Each stands in
    /// <see cref="IDataSource.Notes"/> too. Default none.
    /// </summary>
    IReadOnlyList<string> LeftOut => [];
}

/// <summary>A data set: a plugin kind that opens splits.</summary>
public interface IDataSource
{
    /// <summary>Opens a split, or returns null when the data set has no such split.</summary>
    /// <exception cref="DataException">A file is missing, empty or malformed.</exception>
    ISampleSource? Open(Split split);

    /// <summary>Whether splits are different samples; false when one set of samples serves as whichever split is asked for.</summary>
    bool IsDivided => true;

    /// <summary>Full paths of the files read; their SHA-256 go into <c>run.json</c>.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>What was counted and decided, for the user: records, bases, N share, duplicates, rows left out.</summary>
    IReadOnlyList<string> Notes { get; }
}
