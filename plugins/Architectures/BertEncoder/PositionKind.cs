namespace PluginHost.Plugins.BertEncoder;

/// <summary>How the encoder knows where a token stands.</summary>
public enum PositionKind
{
    /// <summary>A learned table, as BERT and DNABERT.</summary>
    Learned,

    /// <summary>Attention with linear biases and no table, as DNABERT-2: no limit on the length.</summary>
    Alibi,

    /// <summary>ALiBi, and a table that is state but not used: the form of Genomics-FM's checkpoints.</summary>
    AlibiWithTable,

    /// <summary>Both, one of the two drawn for each training batch with equal chances and ALiBi otherwise: Genomics-FM's release trains half of its processes each way.</summary>
    Drawn,
}
