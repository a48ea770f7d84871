namespace PluginHost.Benchmarks;

/// <summary>A model with its batch and optimizer.</summary>
internal interface ITrainingStep : IDisposable
{
    /// <summary>One step of training, its loss read.</summary>
    void Run();
}
