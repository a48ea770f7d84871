namespace PluginHost;

/// <summary>What a component may ask of the host while it is being built.</summary>
public abstract class BuildContext
{
    /// <summary>The pipeline's tokenizer. A tokenizer itself must not ask for it.</summary>
    /// <exception cref="UsageException">The pipeline names no tokenizer.</exception>
    public abstract ITokenizer Tokenizer { get; }

    /// <summary>The pipeline's backbone: available to heads, objectives and probes.</summary>
    /// <exception cref="UsageException">The pipeline names no architecture.</exception>
    public abstract Backbone Backbone { get; }

    /// <summary>Builds a nested component, with the same strict binding of its options.</summary>
    /// <typeparam name="T">The component kind.</typeparam>
    public abstract T Build<T>(ComponentSpec spec) where T : class;

    /// <summary>Resolves a path written in a pipeline: relative to the working directory if it exists there, else to the pipeline's folder.</summary>
    public abstract string ResolvePath(string path);

    /// <summary>The full path of a file that <see cref="ITokenizer.Save"/> left in the model folder being loaded, or null when nothing is being loaded or the folder lacks it.</summary>
    public abstract string? SavedFile(string name);
}
