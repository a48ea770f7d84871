using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>One run of a benchmark.</summary>
/// <param name="Model">The model.</param>
/// <param name="TrainedOn">Data set or group it is trained on.</param>
/// <param name="Seed">Of fine-tuning.</param>
/// <param name="Folder">Run folder relative to the benchmark's.</param>
/// <param name="Tests">Evaluate stages, and the data set each tests on.</param>
/// <param name="Pipeline">Makes the pipeline when its turn has come, from the pretrained model.</param>
public sealed record BenchmarkRun(
    string Model, string TrainedOn, ulong Seed, string Folder, IReadOnlyList<(string Stage, string DataSet)> Tests, Func<string?,
        PipelineDefinition> Pipeline);
