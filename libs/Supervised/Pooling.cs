namespace PluginHost.Libs.Supervised;

/// <summary>What vector stands for a sequence.</summary>
public enum Pooling
{
    /// <summary>The backbone's pooled stream: for BERT dense and tanh over [CLS], as published.</summary>
    Cls,

    /// <summary>The mean of the hidden states over real tokens.</summary>
    Mean,

    /// <summary>
    /// The means over so many equal parts of the sequence, side by side: what stands where counts, and lengths may differ.
    /// </summary>
    Parts,

    /// <summary>The greatest of each hidden state over real tokens: what is there counts, wherever it stands.</summary>
    Max,

    /// <summary><see cref="Max"/> and, beside it, <see cref="Parts"/>: what is there, and what stands where.</summary>
    MaxParts,
}
