namespace PluginHost;

/// <summary>What a component may ask of the host while it is being built.</summary>
public abstract class BuildContext
{
    /// <summary>The pipeline's tokenizer. A tokenizer itself must not ask for it.</summary>
    /// <exception cref="UsageException">The pipeline names no tokenizer.</exception>
    public abstract ITokenizer Tokenizer { get; }

    /// <summary>The pipeline's backbone: available to heads and objectives.</summary>
    /// <exception cref="UsageException">The pipeline names no architecture.</exception>
    public abstract Backbone Backbone { get; }

    /// <summary>Builds a nested component, with the same strict binding of its options.</summary>
    /// <typeparam name="T">The component kind.</typeparam>
    public abstract T Build<T>(ComponentSpec spec) where T : class;

    /// <summary>
    /// Builds a nested component, one of several of its kind: to it <see cref="SavedFile"/> finds the files whose names
    /// begin with a prefix. Whoever nests it saves its files under such names.
    /// </summary>
    /// <typeparam name="T">The component kind.</typeparam>
    /// <param name="spec">What to build.</param>
    /// <param name="savedPrefix">Plain characters of a file name, for example <c>"kmer."</c>; prefixes of nested components add up.</param>
    public abstract T Build<T>(ComponentSpec spec, string savedPrefix) where T : class;

    /// <summary>
    /// Resolves a path written in a pipeline: relative to the working directory if it exists there, else to the pipeline's folder;
    /// <c>~/</c> is the user's home.
    /// </summary>
    public abstract string ResolvePath(string path);

    /// <summary>
    /// A trained model that a component reads and does not train: the teacher of a distillation. The folder is looked for and its files are
    /// noted in <c>run.json</c> at once; the weights are read, onto the run's device, when the value is first asked for. It is no part of
    /// what is trained, checkpointed or saved. Components that name the same folder share one; the host frees it.
    /// </summary>
    /// <param name="path">A run folder or a model folder, as written in the pipeline.</param>
    /// <returns>
    /// Null where nothing is trained, as when a model folder is opened to predict or to be scored: it must do without what it was trained
    /// by.
    /// </returns>
    /// <exception cref="DataException">There is no model, or a file of it is damaged.</exception>
    public virtual Lazy<TrainedModel>? OpenModel(string path) => null;

    /// <summary>How an option of what is being built is written where the user named it, for messages that propose one.</summary>
    /// <param name="option">As a pipeline has it, for example <c>maxN</c>.</param>
    /// <param name="value">For example <c>1</c>.</param>
    /// <returns><c>maxN: 1</c> in a pipeline, <c>--data maxN=1</c> on a command line; empty where it cannot be given.</returns>
    public virtual string Written(string option, string value) => $"{option}: {value}";

    /// <summary>
    /// The full path of a file that <see cref="ITokenizer.Save"/> left in the model folder being loaded, or null when nothing is being
    /// loaded or the folder lacks it.
    /// </summary>
    public abstract string? SavedFile(string name);
}
