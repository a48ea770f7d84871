namespace PluginHost.Plugins.Generate.Prompts;

/// <summary>How a model writes.</summary>
internal enum WritingKind
{
    /// <summary>On from its prompt.</summary>
    GoesOn,

    /// <summary>A sequence of its own, from one that its encoder reads, or that a causal model reads before a separator.</summary>
    FromSource,

    /// <summary>By filling in masks.</summary>
    FillsIn,
}
