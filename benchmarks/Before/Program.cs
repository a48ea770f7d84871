using PluginHost.Benchmarks;
using PluginHost.Torch;

return StepServer.Run($"libtorch {Hardware.LibtorchVersion}, {Hardware.Blas.Name}", (shape, type) => new HostStep(shape, type));
