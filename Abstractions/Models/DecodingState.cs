namespace PluginHost;

using static TorchSharp.torch;

/// <summary>
/// What an <see cref="IIncremental"/> backbone keeps of the tokens it has seen. Its tensors live until it is disposed, whatever dispose
/// scope they were made in.
/// </summary>
public abstract class DecodingState : IDisposable
{
    /// <summary>Sequences, axis B.</summary>
    public abstract int Rows { get; }

    /// <summary>Columns taken in so far, padding included.</summary>
    public abstract int Length { get; }

    /// <summary>Goes on with other rows: repeated ones for beams, fewer once sequences are finished.</summary>
    /// <param name="rows_N">Int64, on the model's device: new row i continues old row rows_N[i].</param>
    public abstract void Reorder(Tensor rows_N);

    /// <summary>
    /// A state of its own that goes on with these rows, as after <see cref="Reorder"/>; this one stays as it is. What many sequences
    /// have in common at their beginning is so computed once.
    /// </summary>
    /// <param name="rows_N">Int64, on the model's device: new row i continues row rows_N[i] of this one.</param>
    public abstract DecodingState Branch(Tensor rows_N);

    /// <summary>Frees the tensors.</summary>
    public abstract void Dispose();
}
