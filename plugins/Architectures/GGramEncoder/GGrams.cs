using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Plugins.GGramEncoder;

using PluginHost.Libs.Blocks;
using static TorchSharp.torch;

/// <summary>The G-grams of one batch while the layers run: their states, and which tokens each is added to.</summary>
/// <remarks>Axes: B samples, T tokens, G G-grams, D hidden size.</remarks>
internal sealed class GGrams : IDisposable
{
    /// <summary>What attention among G-grams is called: "B H G G".</summary>
    public const string Attention = "ggrams";

    private readonly TokenLayout layout;
    private readonly Tensor match_BTG;
    private Tensor hidden;

    private GGrams(Tensor hidden, TokenLayout layout, Tensor match_BTG)
    {
        this.hidden = hidden;
        this.layout = layout;
        this.match_BTG = match_BTG;
    }

    /// <summary>Embeds a batch's G-grams.</summary>
    /// <param name="batch">Has the columns of <see cref="GGramColumns"/>.</param>
    /// <param name="embeddings">Without positions.</param>
    /// <param name="vocabulary">Rows of their table.</param>
    /// <param name="unpadded">Drop padding outside attention.</param>
    /// <exception cref="DataException">An id is outside the table.</exception>
    public static GGrams Of(Batch batch, Embeddings embeddings, int vocabulary, bool unpadded)
    {
        var ids_BG = batch[GGramColumns.Ids];
        var mask_BG = batch[GGramColumns.Mask];
        CheckIds(ids_BG, vocabulary);
        var layout = TokenLayout.Of(mask_BG, unpadded);
        using var embedded_BGD = embeddings.Forward(ids_BG, addPositions: false);
        return new(layout.FromRows(embedded_BGD), layout, Match(batch[GGramColumns.Match], mask_BG));
    }

    /// <summary>Passes the G-grams through one layer of their encoder.</summary>
    public void Pass(EncoderLayer layer, Action<Tensor>? onShares)
    {
        var next = layer.Forward(hidden, layout, onShares);
        hidden.Dispose();
        hidden = next;
    }

    /// <summary>Tokens with the states of all G-grams that they belong to added: a plain sum, as the paper has it.</summary>
    /// <param name="tokens">As their layout has them.</param>
    /// <param name="tokenLayout">Of the tokens.</param>
    public Tensor AddTo(Tensor tokens, TokenLayout tokenLayout)
    {
        using var scope = NewDisposeScope();
        var rows_BGD = layout.ToRows(hidden);
        var sums_BTD = match_BTG.to_type(rows_BGD.dtype).matmul(rows_BGD);
        return (tokens + tokenLayout.FromRows(sums_BTD)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        layout.Dispose();
        match_BTG.Dispose();
        hidden.Dispose();
    }

    private static Tensor Match(Tensor match_BTG, Tensor mask_BG)
    {
        using var scope = NewDisposeScope();
        return match_BTG.logical_and(mask_BG.unsqueeze(1)).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>On the CPU only: elsewhere it would wait for the device, which itself refuses such an id.</summary>
    private static void CheckIds(Tensor ids_BG, int vocabulary)
    {
        if (ids_BG.device_type != TorchSharp.DeviceType.CPU) return;
        using var largest = ids_BG.max();
        if (largest.item<long>() >= vocabulary)
            throw new DataException($"A sequence has G-gram {largest.item<long>()}, but the encoder knows ids below {vocabulary}. Use the "
                + "G-gram file it was trained with.");
    }
}
