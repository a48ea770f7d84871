namespace PluginHost;

/// <summary>What a running tool may use of the host.</summary>
public abstract class ToolContext
{
    /// <summary>Standard output: results only.</summary>
    public abstract TextWriter Output { get; }

    /// <summary>Says something to the user, on standard error.</summary>
    public abstract void Say(string message);

    /// <summary>Says something the user should know but that stops nothing.</summary>
    public virtual void Warn(string message) => Say(message);

    /// <summary>Prints a table of results on standard output.</summary>
    public virtual void Show(ResultTable table)
    {
        Output.WriteLine(string.Join('\t', table.Columns));
        foreach (var row in table.Rows) Output.WriteLine(string.Join('\t', row));
    }

    /// <summary>Shows progress: a bar on a terminal, a plain line every few seconds elsewhere.</summary>
    /// <param name="what">What is being counted, for example "bases".</param>
    /// <param name="done">How many so far.</param>
    /// <param name="total">How many there will be, or null if unknown.</param>
    public abstract void Progress(string what, long done, long? total);

    /// <summary>
    /// Where a file or folder that the tool writes goes: a command's is relative to the working directory, a stage's to its folder in the
    /// run.
    /// </summary>
    /// <param name="path">As the options have it.</param>
    public virtual string OutputPath(string path) => Path.GetFullPath(path);

    /// <summary>Opens a trained model.</summary>
    /// <param name="path">
    /// A run folder, a model folder or an imported one; empty in a stage for the model that was trained before it.
    /// </param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>; a stage uses the run's.</param>
    /// <exception cref="DataException">There is no model, or its files are broken.</exception>
    /// <exception cref="UsageException">No model is named, and none was trained before.</exception>
    public virtual TrainedModel OpenModel(string path, string device = "auto") =>
        throw new NotSupportedException("This context opens no models.");

    /// <summary>Opens a file or folder by what it holds, as one set of samples.</summary>
    /// <exception cref="DataException">It is missing, or of no format that a plugin reads.</exception>
    public virtual ISampleSource OpenInput(string path) => throw new NotSupportedException("This context opens no data.");

    /// <summary>Opens several files or folders, one behind the other, each as <see cref="OpenInput(string)"/> does.</summary>
    /// <param name="paths">As the options have them; <c>*</c> and <c>?</c> stand for parts of a name.</param>
    /// <param name="settings">Options of the sources as <c>key=value</c>, as in <c>--data window=510</c>.</param>
    /// <exception cref="DataException">One is missing, or of no format that a plugin reads.</exception>
    /// <exception cref="UsageException">A setting is malformed, or no option of the source.</exception>
    public virtual ISampleSource OpenInput(IReadOnlyList<string> paths, IReadOnlyList<string> settings) =>
        paths.Count == 1 && settings.Count == 0 ? OpenInput(paths[0])
            : throw new NotSupportedException("This context opens one file, as it is.");
}
