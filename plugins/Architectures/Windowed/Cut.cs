namespace PluginHost.Plugins.Windowed;

using static TorchSharp.torch;

/// <summary>One batch cut into pieces, and the way back.</summary>
/// <remarks>
/// Axes: B samples, T their tokens; K pieces of all samples, S tokens of a piece; N real tokens of all samples; P pieces of a sample.
/// </remarks>
internal sealed class Cut : IDisposable
{
    private readonly PieceShape shape;
    private readonly long rows;
    private readonly long length;
    private readonly List<(int Row, int Piece)> pieces = [];
    private readonly Tensor source_KS;
    private readonly Tensor mask_KS;
    private readonly Tensor from_N;
    private readonly Tensor to_N;

    /// <param name="mask_BT">True on real tokens, which come first.</param>
    /// <param name="shape">How to cut.</param>
    /// <param name="padPieces">Make all pieces of the shape for every sample.</param>
    public Cut(Tensor mask_BT, PieceShape shape, bool padPieces)
    {
        this.shape = shape;
        (rows, length) = (mask_BT.shape[0], mask_BT.shape[1]);
        var lengths = mask_BT.sum(1).cpu().data<long>().ToArray();
        List<int[]> tokens = [];
        List<long> from = [], to = [];
        for (var row = 0; row < rows; row++)
        {
            var count = padPieces ? shape.Most : Count((int)lengths[row]);
            for (var piece = 0; piece < count; piece++)
            {
                pieces.Add((row, piece));
                tokens.Add(Tokens((int)lengths[row], piece));
            }
        }
        var width = padPieces ? shape.Tokens : tokens.Max(t => t.Length);
        Width = width;
        var source = new long[tokens.Count * width];
        var mask = new bool[tokens.Count * width];
        for (var k = 0; k < tokens.Count; k++)
            for (var s = 0; s < tokens[k].Length; s++)
            {
                var place = k * width + s;
                var token = tokens[k][s];
                source[place] = pieces[k].Row * length + token;
                mask[place] = true;
                Real++;
                if (!Owns(pieces[k].Piece, token, (int)lengths[pieces[k].Row])) continue;
                from.Add(place);
                to.Add(source[place]);
            }
        var device = mask_BT.device;
        source_KS = tensor(source, [tokens.Count, width]).to(device);
        mask_KS = tensor(mask, [tokens.Count, width]).to(device);
        from_N = tensor(from.ToArray()).to(device);
        to_N = tensor(to.ToArray()).to(device);
    }

    /// <summary>Size of axis S.</summary>
    public int Width { get; }

    /// <summary>Real tokens of all pieces.</summary>
    public long Real { get; private set; }

    /// <summary>Sample and number of each piece, axis K.</summary>
    public IReadOnlyList<(int Row, int Piece)> Pieces => pieces;

    /// <summary>True on real tokens, "K S".</summary>
    public Tensor Mask => mask_KS;

    /// <summary>A column "B T" by pieces, "K S".</summary>
    /// <param name="column_BT">The column.</param>
    /// <param name="padding">Written where a piece has no token.</param>
    public Tensor Take(Tensor column_BT, long padding)
    {
        using var scope = NewDisposeScope();
        return column_BT.flatten().take(source_KS).masked_fill(mask_KS.logical_not(), padding).MoveToOuterDisposeScope();
    }

    /// <summary>Vectors "B T D" by pieces, "K S D"; zero where a piece has no token.</summary>
    public Tensor TakeVectors(Tensor vectors_BTD)
    {
        using var scope = NewDisposeScope();
        return (vectors_BTD.flatten(0, 1).index_select(0, source_KS.flatten()).view(pieces.Count, Width, -1) * mask_KS.unsqueeze(2))
            .MoveToOuterDisposeScope();
    }

    /// <summary>
    /// States "K S D" back in their samples, "B T D"; zeros on padding. Of special tokens that every piece repeats, those in front come
    /// from the first piece and those at the end from the last.
    /// </summary>
    public Tensor Back(Tensor states_KSD)
    {
        using var scope = NewDisposeScope();
        var own_ND = states_KSD.flatten(0, 1).index_select(0, from_N);
        return zeros([rows * length, own_ND.shape[1]], own_ND.dtype, own_ND.device)
            .index_copy(0, to_N, own_ND).view(rows, length, -1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Attention "K H S S" as if of whole samples, "B H T T": a token attends to its own piece only, and what it gives to a repeated
    /// special
    /// token is given to the original. Padding attends to itself.
    /// </summary>
    public Tensor BackAttention(Tensor shares_KHSS)
    {
        using var scope = NewDisposeScope();
        var heads = shares_KHSS.shape[1];
        var column_KS = source_KS.remainder(length).masked_fill(mask_KS.logical_not(), 0);
        var move_K1ST = nn.functional.one_hot(column_KS, length).to_type(shares_KHSS.dtype).mul(mask_KS.unsqueeze(2)).unsqueeze(1);
        var own_NHT = shares_KHSS.matmul(move_K1ST).transpose(1, 2).flatten(0, 1).index_select(0, from_N);
        return eye(length, device: own_NHT.device).to_type(own_NHT.dtype).unsqueeze(1).repeat(rows, heads, 1)
            .index_copy(0, to_N, own_NHT).view(rows, length, heads, length).transpose(1, 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[source_KS, mask_KS, from_N, to_N]) tensor.Dispose();
    }

    private int Count(int tokens) => Math.Max(1, (tokens - shape.Leading - shape.Trailing + shape.Content - 1) / shape.Content);

    /// <summary>Which tokens of a sample one piece has; none where it lies behind the end.</summary>
    private int[] Tokens(int tokens, int piece)
    {
        var start = shape.Leading + piece * shape.Content;
        var end = Math.Min(start + shape.Content, tokens - shape.Trailing);
        if (piece > 0 && start >= end) return [];
        return
        [
            .. Enumerable.Range(0, Math.Min(shape.Leading, tokens)),
            .. Enumerable.Range(start, Math.Max(0, end - start)),
            .. Enumerable.Range(Math.Max(shape.Leading, tokens - shape.Trailing),
                Math.Max(0, Math.Min(shape.Trailing, tokens - shape.Leading))),
        ];
    }

    /// <summary>Whether a sample's token is read from this piece on the way back.</summary>
    private bool Owns(int piece, int token, int tokens) =>
        token < shape.Leading ? piece == 0 : token < tokens - shape.Trailing || piece == Count(tokens) - 1;
}
