namespace PluginHost.Benchmarks;

/// <summary>A model with its batch and optimizer, or with the sequences it reads.</summary>
internal interface ITrainingStep : IDisposable
{
    /// <summary>One step of training, its loss read; or one pass over all sequences, its results read.</summary>
    void Run();
}
