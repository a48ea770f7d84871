using PluginHost.Benchmarks;
using PluginHost.Benchmarks.Plain;
using PluginHost.Torch.Loading;

// A program of TorchSharp alone, as its documentation and examples teach to write one: the other side of the training rows.
// --autocast: bf16 by PluginHost's autocast. Without it by the only means TorchSharp has, weights kept in bfloat16.
Libtorch.Load();
var autocast = args.Contains("--autocast");
var version = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3);
return StepServer.Run($"TorchSharp {version}, libtorch {Libtorch.Version}", (shape, type) => new PlainStep(shape, type, autocast),
    request => request.Prompt > 0 ? new PlainGeneration(request) : new PlainPass(request));
