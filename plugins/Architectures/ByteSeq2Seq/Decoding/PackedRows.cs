namespace PluginHost.Plugins.ByteSeq2Seq.Decoding;

using static TorchSharp.torch;

/// <summary>
/// Input and target of each sample joined into one causal sequence without a gap, for a decoder without encoder. Axes: B samples,
/// T input tokens, U target tokens, P = T + U packed places.
/// </summary>
internal sealed class PackedRows
{
    private readonly Tensor tokens_B1;

    /// <param name="input_BT">Input ids, padded on the right.</param>
    /// <param name="real_BT">Which of them are real.</param>
    /// <param name="target_BU">Target ids; null for the input alone.</param>
    public PackedRows(Tensor input_BT, Tensor real_BT, Tensor? target_BU)
    {
        var inputs = (int)input_BT.shape[1];
        tokens_B1 = real_BT.sum(1, keepdim: true);
        if (target_BU is null)
        {
            Ids_BP = input_BT.alias();
            return;
        }
        var targets = (int)target_BU.shape[1];
        using var scope = NewDisposeScope();
        var place_P = arange(inputs + targets, ScalarType.Int64, input_BT.device);
        // A sample's target begins where its real input ends; what padding the input had goes to the end.
        var shifted_BP = (place_P - tokens_B1 + inputs).clamp_max(inputs + targets - 1);
        var from_BP = where(place_P.lt(tokens_B1), place_P, shifted_BP);
        Ids_BP = cat([input_BT, target_BU], 1).gather(1, from_BP).MoveToOuterDisposeScope();
    }

    /// <summary>The packed ids. What follows a sample's target is filled with its last token, which no earlier one sees.</summary>
    public Tensor Ids_BP { get; }

    /// <summary>Of packed hidden states "B P D" those of the target tokens: "B U D".</summary>
    public Tensor Targets(Tensor hidden_BPD, Tensor target_BU)
    {
        using var scope = NewDisposeScope();
        var place_BU = tokens_B1 + arange(target_BU.shape[1], ScalarType.Int64, hidden_BPD.device);
        return hidden_BPD.gather(1, place_BU.unsqueeze(2).expand(-1, -1, hidden_BPD.shape[2])).MoveToOuterDisposeScope();
    }
}
