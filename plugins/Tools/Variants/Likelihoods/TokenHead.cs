namespace PluginHost.Plugins.Variants.Likelihoods;

using static TorchSharp.torch;

/// <summary>The head of a model that scores every token of the vocabulary.</summary>
/// <param name="model">It belongs to.</param>
/// <param name="predicts">Axes of its prediction where it is asked for no positions: "M V", or "B U V" of a decoder.</param>
internal sealed class TokenHead(TrainedModel model, string predicts)
{
    private readonly Head? head = model.Heads.Values.FirstOrDefault(h => h.Predicts == predicts);

    /// <summary>Whether the model has one.</summary>
    public bool IsThere => head is not null;

    /// <summary>ln p of <see cref="Keys.PositionLabels"/> at <see cref="Keys.Positions"/>, axis M.</summary>
    /// <remarks>
    /// The head computes in float32 whatever the model's format: logits in bfloat16 have steps as large as the ratio of two alleles.
    /// </remarks>
    /// <param name="output">Of the backbone.</param>
    /// <param name="batch">On the device.</param>
    public float[] LogP(BackboneOutput output, Batch batch)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var exact = new BackboneOutput();
        foreach (var stream in head!.Reads) exact.Set(stream, () => output[stream].to_type(ScalarType.Float32));
        var scores_MV = head.Forward(exact, batch);
        return scores_MV.log_softmax(1).gather(1, batch[Keys.PositionLabels].unsqueeze(1)).squeeze(1).cpu().data<float>().ToArray();
    }

    /// <summary>Asks for tokens at flattened positions.</summary>
    public static void Ask(Batch batch, IEnumerable<(long Position, int Token)> asked)
    {
        var all = asked.ToList();
        batch.Set(Keys.Positions, tensor(all.Select(a => a.Position).ToArray()));
        batch.Set(Keys.PositionLabels, tensor(all.Select(a => (long)a.Token).ToArray()));
    }
}
