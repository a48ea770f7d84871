using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PluginHost.Benchmarks.Plain;

/// <summary>
/// The loop one writes first to generate: the likeliest token, appended, and again; with keys and values kept by concatenation, or, as
/// the published code does, without keeping anything. float32.
/// </summary>
internal sealed class PlainGeneration : ITrainingStep
{
    private readonly StepRequest request;
    private readonly Gpt gpt;
    private readonly Tensor prompts;

    public PlainGeneration(StepRequest request)
    {
        this.request = request;
        manual_seed(1);
        gpt = new Gpt(request.ToShape(), request.Vocab, fused: false);
        gpt.eval();
        prompts = randint(5, request.Vocab, [request.Batch, request.Prompt], ScalarType.Int64);
    }

    public void Run()
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var ids = prompts;
        var next = ids;
        var past = request.Cached ? new (Tensor Keys, Tensor Values)?[request.Layers] : null;
        while (ids.shape[1] < request.Length)
        {
            using var step = NewDisposeScope();
            var logits = past is null ? gpt.call(ids) : gpt.Continue(next, past);
            next = F.log_softmax(logits.select(1, -1), -1).argmax(1, keepdim: true).MoveToOuterDisposeScope();
            ids = cat([ids, next], 1).MoveToOuterDisposeScope();
        }
        _ = ids.data<long>().ToArray();
    }

    public void Dispose()
    {
        gpt.Dispose();
        prompts.Dispose();
    }
}
