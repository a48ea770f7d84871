using TorchSharp.Modules;

namespace PluginHost.Libs.Attribution;

using static TorchSharp.torch;

/// <summary>
/// A model's weights shuffled within each tensor, by a fixed seed, and put back when disposed of: the same architecture and the same sizes
/// of numbers, and nothing learnt. What an attribution keeps through that, it does not owe to the model (Adebayo et al. 2018).
/// </summary>
public sealed class ShuffledWeights : IDisposable
{
    private readonly List<(Parameter Weight, Tensor Kept)> kept = [];

    /// <param name="model">Of the backbone and all heads; shared tensors are shuffled once.</param>
    /// <param name="seed">Of the order.</param>
    public ShuffledWeights(TrainedModel model, ulong seed) : this(All(model), seed) { }

    /// <param name="weights">Some of a model's.</param>
    /// <param name="seed">Of the order.</param>
    public ShuffledWeights(IEnumerable<Parameter> weights, ulong seed)
    {
        using var off = no_grad();
        var random = new SeededRandom(seed);
        foreach (var weight in weights)
        {
            using var scope = NewDisposeScope();
            kept.Add((weight, weight.detach().clone().DetachFromDisposeScope()));
            var order = Enumerable.Range(0, (int)weight.numel()).Select(i => (long)i).ToArray();
            random.Shuffle<long>(order);
            weight.copy_(kept[^1].Kept.flatten().index_select(0, tensor(order, device: weight.device)).view(weight.shape));
        }
    }

    /// <summary>
    /// A model's weights from the output to the input, for shuffling one stage after another: the heads', those of each layer, the last
    /// first, and then what is in no layer, such as embeddings. Each weight once; of one that is shared the lower place counts.
    /// </summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<Parameter> Weights)> FromTheTop(TrainedModel model)
    {
        var layers = model.Backbone.Layers.Select(l => l.parameters().ToList()).ToList();
        var ofLayers = layers.SelectMany(l => l).ToHashSet();
        var ofBackbone = model.Backbone.parameters().ToList();
        List<(string Name, IReadOnlyList<Parameter> Weights)> stages = [("heads", [.. All(model).Except(ofBackbone)])];
        for (var l = layers.Count - 1; l >= 0; l--)
            stages.Add(($"layer {l + 1}", [.. layers[l].Except(layers.Take(l).SelectMany(lower => lower)).Distinct()]));
        stages.Add(("the rest", [.. ofBackbone.Except(ofLayers)]));
        return [.. stages.Where(s => s.Weights.Count > 0)];
    }

    /// <summary>Puts the weights back.</summary>
    public void Dispose()
    {
        using var off = no_grad();
        // The last first, in case one tensor goes by two names.
        foreach (var (weight, original) in Enumerable.Reverse(kept))
        {
            weight.copy_(original);
            original.Dispose();
        }
        kept.Clear();
    }

    private static IEnumerable<Parameter> All(TrainedModel model) =>
        model.Heads.Values.Prepend<TorchSharp.torch.nn.Module>(model.Backbone).SelectMany(m => m.parameters()).Distinct();
}
