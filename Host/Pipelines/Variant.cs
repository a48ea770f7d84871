namespace PluginHost.Host.Pipelines;

/// <summary>One of the versions of a pipeline that are compared.</summary>
/// <param name="Name">As written under <c>variants:</c>; its run folder is named after it.</param>
/// <param name="Pipeline">The pipeline with the variant's values in place.</param>
public sealed record Variant(string Name, PipelineDefinition Pipeline);
