namespace PluginHost.Host.Pipelines;

/// <summary>A pipeline file, read strictly, with overrides applied.</summary>
public sealed record PipelineDefinition
{
    /// <summary><c>name:</c>; the run folder is named after it.</summary>
    public required string Name { get; init; }

    /// <summary><c>seed:</c>; every random draw of the run follows from it. Default 42.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Full path of the file it was read from.</summary>
    public required string File { get; init; }

    /// <summary><c>tokenizer:</c></summary>
    public required ComponentSpec Tokenizer { get; init; }

    /// <summary><c>architecture:</c></summary>
    public required ComponentSpec Architecture { get; init; }

    /// <summary><c>heads:</c> by role, replacing an objective's defaults.</summary>
    public IReadOnlyDictionary<string, ComponentSpec> Heads { get; init; } = new Dictionary<string, ComponentSpec>();

    /// <summary>
    /// <c>start:</c> the model folder, or run folder that holds one, whose backbone, tokenizer files and fitting heads stages begin with;
    /// null
    /// for random weights.
    /// </summary>
    public string? Start { get; init; }

    /// <summary>
    /// Which of <c>tokenizer:</c> and <c>architecture:</c> are the starting model's own words, and what of them the user wrote: its paths
    /// stay in its folder, the user's do not.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FromStart { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary><c>observers:</c> what looks on while the run goes.</summary>
    public IReadOnlyList<ComponentSpec> Observers { get; init; } = [];

    /// <summary><c>pathRoots:</c> folders in which relative paths are looked for first.</summary>
    public IReadOnlyList<string> PathRoots { get; init; } = [];

    /// <summary><c>plugins:</c> folders to look for plugins in, and plugins that have to be there.</summary>
    public WantedPlugins Plugins { get; init; } = new([], []);

    /// <summary><c>stages:</c> in order.</summary>
    public required IReadOnlyList<StageDefinition> Stages { get; init; }

    /// <summary>The whole document with overrides and defaults filled in, as written to <c>pipeline.resolved.yaml</c>.</summary>
    public required string ResolvedYaml { get; init; }
}
