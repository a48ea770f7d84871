using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks.Plain;

/// <summary>
/// The loop one writes first: a forward pass for each sequence, one padded batch after another, float32; the sequences are tokens already.
/// An encoder gives each two classes, a decoder how likely its tokens are.
/// </summary>
internal sealed class PlainPass : ITrainingStep
{
    private readonly StepRequest request;
    private readonly Bert? bert;
    private readonly Linear? pooler, classifier;
    private readonly Gpt? gpt;
    private readonly List<long[]> batches = [];

    public PlainPass(StepRequest request)
    {
        this.request = request;
        manual_seed(1);
        if (request.Causal)
        {
            gpt = new Gpt(request.ToShape(), request.Vocab, request.Fused);
            gpt.eval();
        }
        else
        {
            bert = new Bert(request.ToShape(), request.Fused);
            bert.eval();
            (pooler, classifier) = (nn.Linear(request.Width, request.Width), nn.Linear(request.Width, 2));
        }
        using var drawn = randint(5, request.Vocab, [(long)request.Sequences * request.Length], ScalarType.Int64);
        batches.AddRange(drawn.data<long>().ToArray().Chunk(request.Batch * request.Length));
    }

    public void Run()
    {
        using var off = no_grad();
        foreach (var rows in batches)
        {
            using var scope = NewDisposeScope();
            var ids = tensor(rows, [rows.Length / request.Length, request.Length]);
            _ = (gpt is null ? Classes(ids) : Likelihoods(ids)).data<float>().ToArray();
        }
    }

    public void Dispose()
    {
        bert?.Dispose();
        pooler?.Dispose();
        classifier?.Dispose();
        gpt?.Dispose();
    }

    private Tensor Classes(Tensor ids)
    {
        var first = bert!.Encode(ids, ones_like(ids).to(ScalarType.Bool)).select(1, 0);
        return nn.functional.softmax(classifier!.call(pooler!.call(first).tanh()), -1);
    }

    private Tensor Likelihoods(Tensor ids)
    {
        var shares = nn.functional.log_softmax(gpt!.call(ids), -1).narrow(1, 0, ids.shape[1] - 1);
        return shares.gather(2, ids.narrow(1, 1, ids.shape[1] - 1).unsqueeze(2)).sum(1).contiguous();
    }
}
