namespace PluginHost.Libs.Blocks.Positions;

/// <summary>How the encoder knows where a token stands.</summary>
public enum PositionKind
{
    /// <summary>A learned table, as BERT and DNABERT.</summary>
    Learned,

    /// <summary>Attention with linear biases and no table, as DNABERT-2: no limit on the length.</summary>
    Alibi,

    /// <summary>ALiBi, and a table that is state but not used: the form of Genomics-FM's checkpoints.</summary>
    AlibiWithTable,

    /// <summary>
    /// Both, one of the two drawn for each training batch with equal chances and ALiBi otherwise: Genomics-FM's release trains half of its
    /// processes each way.
    /// </summary>
    Drawn,
}

/// <summary>What a kind of positions means for one pass.</summary>
public static class PositionKinds
{
    /// <summary>Whether this pass biases attention by distance, instead of adding the table.</summary>
    /// <param name="kind">As the options have it.</param>
    /// <param name="training">Only then does <see cref="PositionKind.Drawn"/> draw, from libtorch's default generator.</param>
    public static bool UsesAlibi(this PositionKind kind, bool training)
    {
        if (kind != PositionKind.Drawn) return kind != PositionKind.Learned;
        if (!training) return true;
        using var draw = TorchSharp.torch.rand(1);
        return draw.item<float>() < 0.5f;
    }
}
