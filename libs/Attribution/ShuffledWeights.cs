using TorchSharp.Modules;

namespace PluginHost.Libs.Attribution;

using static TorchSharp.torch;

/// <summary>
/// A model's weights shuffled within each tensor, by a fixed seed, and put back when disposed of: the same architecture and the same sizes
/// of
/// numbers, and nothing learnt. What an attribution keeps through that, it does not owe to the model (Adebayo et al. 2018).
/// </summary>
public sealed class ShuffledWeights : IDisposable
{
    private readonly List<(Parameter Weight, Tensor Kept)> kept = [];

    /// <param name="model">Of the backbone and all heads; shared tensors are shuffled once.</param>
    /// <param name="seed">Of the order.</param>
    public ShuffledWeights(TrainedModel model, ulong seed)
    {
        using var off = no_grad();
        var random = new SeededRandom(seed);
        foreach (var weight in model.Heads.Values.Prepend<TorchSharp.torch.nn.Module>(model.Backbone).SelectMany(m => m.parameters())
            .Distinct())
        {
            using var scope = NewDisposeScope();
            kept.Add((weight, weight.detach().clone().DetachFromDisposeScope()));
            var order = Enumerable.Range(0, (int)weight.numel()).Select(i => (long)i).ToArray();
            random.Shuffle<long>(order);
            weight.copy_(kept[^1].Kept.flatten().index_select(0, tensor(order, device: weight.device)).view(weight.shape));
        }
    }

    /// <summary>Puts the weights back.</summary>
    public void Dispose()
    {
        using var off = no_grad();
        foreach (var (weight, original) in kept)
        {
            weight.copy_(original);
            original.Dispose();
        }
        kept.Clear();
    }
}
