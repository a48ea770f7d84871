namespace PluginHost;

/// <summary>
/// A <see cref="Backbone"/> that can run over a sequence piece by piece and keeps what attention needs of the pieces before
/// (the key-value cache): what generation uses. For every way of cutting a sequence into pieces, the streams equal those of
/// <see cref="Backbone.Forward"/> over the whole.
/// </summary>
/// <remarks>Without gradients only.</remarks>
/// <example><code>
/// using var state = model.Start(prompt);
/// var output = model.Continue(next = prompt, state);       // an encoder-decoder: next = its start tokens
/// while (...)
/// {
///     ... choose tokens from the head's predictions, state.Reorder(beams), next = one column of tokens ...
///     output = model.Continue(next, state);
/// }
/// </code></example>
public interface IIncremental
{
    /// <summary>
    /// The column new tokens come in: <see cref="Keys.InputIds"/> of a decoder, <see cref="Keys.DecoderIds"/> of an encoder-decoder.
    /// </summary>
    BatchKey Grows { get; }

    /// <summary>The stream that predictions of new tokens are read from.</summary>
    StreamKey Generates { get; }

    /// <summary>Most tokens of <see cref="Grows"/> that one sequence may have in all; null for no limit.</summary>
    int? MaxGrown { get; }

    /// <summary>A state that has seen no token yet.</summary>
    /// <param name="batch">
    /// Gives the rows and the device. An encoder-decoder runs its encoder over it and keeps the result in the state.
    /// </param>
    DecodingState Start(Batch batch);

    /// <summary>Runs over the tokens that follow what a state has seen; the state takes them in.</summary>
    /// <param name="next">
    /// Has <see cref="Grows"/> with as many rows as the state. Rows of unequal length are padded on the right and marked by
    /// <see cref="Keys.AttentionMask"/> (a decoder) or <see cref="Keys.DecoderMask"/>; without that column all tokens are real.
    /// Padding takes no place in the sequence and is never attended to.
    /// </param>
    /// <param name="state">From <see cref="Start"/> of the same model.</param>
    /// <returns>The streams of these tokens alone.</returns>
    /// <exception cref="UsageException">A sequence would grow beyond <see cref="MaxGrown"/>.</exception>
    BackboneOutput Continue(Batch next, DecodingState state);
}
