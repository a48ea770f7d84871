namespace PluginHost.Plugins.Siamese;

using static TorchSharp.torch;

/// <summary>
/// The rows <c>[CLS] A [SEP] B [SEP]</c> of a batch taken apart: all first sequences, then all second ones, with what stands in front of A
/// in front of B too.
/// </summary>
/// <remarks>Axes: B pairs, T their tokens; K = 2 B sequences, S tokens of one; N real tokens of all pairs.</remarks>
internal sealed class Halves
{
    private readonly long[] shape_BT;
    private readonly Tensor source_KS;
    private readonly Tensor from_N;
    private readonly Tensor to_N;

    /// <param name="mask_BT">True on real tokens, which come first.</param>
    /// <param name="types_BT">0 on tokens of A with what is around it, 1 on those of B.</param>
    /// <param name="leading">Special tokens in front of A.</param>
    /// <param name="trailing">Special tokens behind A; behind B stands one separator.</param>
    public Halves(Tensor mask_BT, Tensor types_BT, int leading, int trailing)
    {
        shape_BT = mask_BT.shape;
        var (rows, length) = ((int)shape_BT[0], (int)shape_BT[1]);
        var real = mask_BT.cpu().contiguous().data<bool>().ToArray();
        var types = types_BT.cpu().contiguous().data<long>().ToArray();
        List<int>[] tokens = [.. Enumerable.Range(0, 2 * rows).Select(_ => new List<int>())];
        List<long> from = [], to = [];
        for (var row = 0; row < rows; row++)
        {
            tokens[rows + row].AddRange(Enumerable.Range(row * length, leading));
            for (var place = row * length; place < (row + 1) * length; place++)
                if (real[place]) tokens[types[place] == 0 ? row : rows + row].Add(place);
        }
        Width = tokens.Max(t => t.Count);
        var (source, mask, bases) = (new long[tokens.Length * Width], new bool[tokens.Length * Width], new bool[tokens.Length * Width]);
        for (var k = 0; k < tokens.Length; k++)
            for (var s = 0; s < tokens[k].Count; s++)
            {
                var place = k * Width + s;
                (source[place], mask[place]) = (tokens[k][s], true);
                bases[place] = s >= leading && s < tokens[k].Count - (k < rows ? trailing : 1);
                // The copy in front of B is nobody's own token.
                if (k >= rows && s < leading) continue;
                from.Add(place);
                to.Add(tokens[k][s]);
            }
        Real = mask.Count(m => m);
        var device = mask_BT.device;
        source_KS = tensor(source, [tokens.Length, Width]).to(device);
        Mask = tensor(mask, [tokens.Length, Width]).to(device);
        Bases = tensor(bases, [tokens.Length, Width]).to(device);
        (from_N, to_N) = (tensor(from.ToArray()).to(device), tensor(to.ToArray()).to(device));
    }

    /// <summary>Size of axis S.</summary>
    public int Width { get; }

    /// <summary>Real tokens of all sequences.</summary>
    public long Real { get; }

    /// <summary>True on real tokens, "K S".</summary>
    public Tensor Mask { get; }

    /// <summary>True on tokens that are no special ones around a sequence, "K S".</summary>
    public Tensor Bases { get; }

    /// <summary>A column "B T" by sequences, "K S".</summary>
    public Tensor Take(Tensor column_BT, long padding) => column_BT.flatten().take(source_KS).masked_fill(Mask.logical_not(), padding);

    /// <summary>Vectors "B T D" by sequences, "K S D".</summary>
    public Tensor TakeVectors(Tensor vectors_BTD) =>
        vectors_BTD.flatten(0, 1).index_select(0, source_KS.flatten()).view(source_KS.shape[0], Width, -1) * Mask.unsqueeze(2);

    /// <summary>States "K S D" where their tokens stand in the pairs, "B T D"; zeros on padding.</summary>
    public Tensor Back(Tensor states_KSD)
    {
        var own_ND = states_KSD.flatten(0, 1).index_select(0, from_N);
        return zeros([shape_BT[0] * shape_BT[1], own_ND.shape[1]], own_ND.dtype, own_ND.device).index_copy(0, to_N, own_ND)
            .view(shape_BT[0], shape_BT[1], -1);
    }
}
