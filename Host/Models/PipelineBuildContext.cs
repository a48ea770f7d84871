using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Models;

/// <summary>Builds the components of one pipeline, tokenizer and backbone once each, when first asked for.</summary>
public sealed class PipelineBuildContext : BuildContext
{
    private readonly IComponentFactory factory;
    private readonly PathSearch paths;
    private readonly string? savedFolder;
    private readonly string savedPrefix = "";
    private readonly Func<string, string, string> written = OptionWriting.Pipeline;
    private readonly OpenedModels? models;
    private readonly ComponentSpec? architectureSpec;
    private readonly Once<ITokenizer> tokenizer;
    private readonly Once<Backbone> backbone;

    /// <param name="factory">Builds components by name.</param>
    /// <param name="tokenizer">The pipeline's tokenizer, if it names one.</param>
    /// <param name="architecture">The pipeline's backbone, if it names one.</param>
    /// <param name="paths">Where relative paths are looked for.</param>
    /// <param name="savedFolder">The model folder being loaded, or null.</param>
    public PipelineBuildContext(
        IComponentFactory factory, ComponentSpec? tokenizer, ComponentSpec? architecture, PathSearch paths, string? savedFolder = null)
        : this(factory, architecture, paths, savedFolder, null)
    {
        this.tokenizer = new Once<ITokenizer>("tokenizer", tokenizer, this);
    }

    /// <summary>For a whole pipeline.</summary>
    /// <param name="factory">Builds components by name.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="savedFolder">The model folder being loaded; null for the one the pipeline starts from, if any.</param>
    /// <param name="models">What components open beside the model that is trained; null where nothing is trained.</param>
    public PipelineBuildContext(IComponentFactory factory, PipelineDefinition pipeline, string? savedFolder = null,
        OpenedModels? models = null)
        : this(factory, pipeline.Architecture, PathSearch.Of(pipeline), savedFolder ?? StartOf(pipeline), null, models: models)
    {
        tokenizer = new Once<ITokenizer>("tokenizer", pipeline.Tokenizer, this);
        if (this.savedFolder is not { } start) return;
        if (pipeline.FromStart.TryGetValue("tokenizer", out var named))
            tokenizer = new Once<ITokenizer>("tokenizer", pipeline.Tokenizer, WithPaths(PathSearch.Inside(start, named)));
        if (pipeline.FromStart.TryGetValue("architecture", out named))
            backbone = new Once<Backbone>("architecture", pipeline.Architecture, WithPaths(PathSearch.Inside(start, named)));
    }

    /// <summary>The model folder a pipeline starts from, or null.</summary>
    /// <exception cref="DataException">There is no model where it says.</exception>
    public static string? StartOf(PipelineDefinition pipeline) =>
        pipeline.Start is { } start ? ModelCard.Find(PathSearch.Of(pipeline).Resolve(start)) : null;

    private PipelineBuildContext(IComponentFactory factory, ComponentSpec? architecture, PathSearch paths, string? savedFolder,
        Once<ITokenizer>? tokenizer, Once<Backbone>? backbone = null, OpenedModels? models = null)
    {
        this.models = models;
        this.factory = factory;
        this.paths = paths;
        this.savedFolder = savedFolder;
        architectureSpec = architecture;
        this.tokenizer = tokenizer!;
        this.backbone = backbone ?? new Once<Backbone>("architecture", architecture, this);
    }

    /// <summary>The same pipeline's, with another prefix of saved files or another way of writing options.</summary>
    private PipelineBuildContext(PipelineBuildContext outer, string savedPrefix, Func<string, string, string> written)
    {
        factory = outer.factory;
        paths = outer.paths;
        savedFolder = outer.savedFolder;
        architectureSpec = outer.architectureSpec;
        tokenizer = outer.tokenizer;
        backbone = outer.backbone;
        models = outer.models;
        this.savedPrefix = outer.savedPrefix + savedPrefix;
        this.written = written;
    }

    /// <inheritdoc/>
    public override ITokenizer Tokenizer => tokenizer.Value;

    /// <inheritdoc/>
    public override Backbone Backbone => backbone.Value;

    /// <summary>The same, tokenizer and backbone included, for paths that are looked for elsewhere.</summary>
    public PipelineBuildContext WithPaths(PathSearch search) =>
        new(factory, architectureSpec, search, savedFolder, tokenizer, backbone, models);

    /// <summary>A context that shares the tokenizer but will build a backbone of its own, with fresh weights.</summary>
    public PipelineBuildContext WithFreshBackbone() => new(factory, architectureSpec, paths, savedFolder, tokenizer, models: models);

    /// <inheritdoc/>
    public override T Build<T>(ComponentSpec spec) => factory.Build<T>(spec, this);

    /// <inheritdoc/>
    public override T Build<T>(ComponentSpec spec, string savedPrefix) =>
        factory.Build<T>(spec, new PipelineBuildContext(this, savedPrefix, written));

    /// <summary>
    /// The same, for what is named elsewhere than in a pipeline: messages write options as <see cref="OptionWriting"/> does.
    /// </summary>
    public PipelineBuildContext Writing(Func<string, string, string> options) => new(this, "", options);

    /// <inheritdoc/>
    public override string Written(string option, string value) => written(option, value);

    /// <inheritdoc/>
    public override Lazy<TrainedModel>? OpenModel(string path) => models?.Open(ResolvePath(path));

    /// <summary>What components opened beside the model that is trained, so far.</summary>
    public OpenedModels? Models => models;

    /// <inheritdoc/>
    public override string ResolvePath(string path) => paths.Resolve(path);

    /// <inheritdoc/>
    public override string? SavedFile(string name)
    {
        if (Path.GetFileName(name) != name)
            throw new PluginException($"A saved file is asked for as '{name}'; it must be a plain file name.");
        var path = savedFolder is null ? null : Path.Combine(savedFolder, savedPrefix + name);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Builds a component once, and notices when its own construction asks for it.</summary>
    private sealed class Once<T>(string what, ComponentSpec? spec, PipelineBuildContext owner) where T : class
    {
        private bool building;
        private T? built;

        public T Value
        {
            get
            {
                if (built is not null) return built;
                if (spec is null) throw new UsageException($"The pipeline names no {what}; write {what}: {{ use: NAME, ... }}.");
                if (building)
                    throw new PluginException(
                        $"The {what} '{spec.Use}' asks for the pipeline's {what} while it is being built: it would contain itself.");
                building = true;
                try
                {
                    return built = owner.Build<T>(spec);
                }
                finally
                {
                    building = false;
                }
            }
        }
    }
}
