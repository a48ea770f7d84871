using System.Collections.Immutable;

namespace PluginHost;

using static TorchSharp.torch;

/// <summary>
/// A trained model that a tool works with: from a model folder, or the one that a pipeline trained before the tool's stage.
/// </summary>
/// <remarks>
/// All of it belongs to one thread. Nothing computed through it keeps gradients but <see cref="Differentiate"/>, which returns them.
/// </remarks>
public abstract class TrainedModel : IDisposable
{
    /// <summary>What it is called in messages and in the heads of files: the pipeline's name and the stage's.</summary>
    public abstract string Name { get; }

    /// <summary>Its tokenizer.</summary>
    public abstract ITokenizer Tokenizer { get; }

    /// <summary>
    /// Fields that samples are given which lack them, in <see cref="Batches"/> and by <see cref="Tokenizer"/>: what the tokenizer asks for
    /// (<see cref="ITokenizer.SampleFields"/>) and sequences of a genome do not have.
    /// </summary>
    public virtual IReadOnlyDictionary<string, object> SampleFields { get; set; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>Its backbone, in evaluation mode.</summary>
    public abstract Backbone Backbone { get; }

    /// <summary>Its heads by role, in evaluation mode.</summary>
    public abstract IReadOnlyDictionary<string, Head> Heads { get; }

    /// <summary>What it was trained for.</summary>
    public abstract IObjective Objective { get; }

    /// <summary>Where its weights are.</summary>
    public abstract Device Device { get; }

    /// <summary>
    /// The batches of a source, on the device. Each lives until the next is asked for; samples of similar length come together.
    /// </summary>
    /// <remarks>
    /// Tensors made in the body of the loop live until the next batch is asked for, as the batch does; keep what must last by copying it
    /// to arrays, or by <c>DetachFromDisposeScope</c>. Enumerate one source at a time.
    /// </remarks>
    /// <param name="source">Read once, in stretches: memory does not grow with it.</param>
    /// <param name="options">How it is batched.</param>
    public abstract IEnumerable<ModelBatch> Batches(ISampleSource source, ModelBatchOptions options);

    /// <summary>A batch of one's own making on the model's device; itself where it is there already.</summary>
    /// <param name="batch">For example of <see cref="Collation.Pad"/>; on the CPU.</param>
    public abstract Batch Place(Batch batch);

    /// <summary>Runs the backbone, in the number format the model was scored in.</summary>
    /// <param name="batch">On the device.</param>
    /// <param name="capture">What else to keep; null for nothing.</param>
    public abstract BackboneOutput Forward(Batch batch, Capture? capture = null);

    /// <summary>
    /// Runs a backbone that is <see cref="IIncremental"/> on over the tokens that follow, in the number format of <see cref="Forward"/>.
    /// </summary>
    /// <inheritdoc cref="IIncremental.Continue"/>
    /// <exception cref="NotSupportedException">The backbone is not incremental.</exception>
    public abstract BackboneOutput Continue(Batch next, DecodingState state);

    /// <summary>Runs the heads.</summary>
    /// <param name="output">Of <see cref="Forward"/> or <see cref="Continue"/>.</param>
    /// <param name="batch">
    /// The batch it was computed of, made by the objective (<see cref="ModelBatchOptions.TokensOnly"/> is false).
    /// </param>
    public abstract Predictions Predict(BackboneOutput output, Batch batch);

    /// <summary>How the model's outputs change with what it reads: gradients at the embeddings, for attribution.</summary>
    /// <param name="batch">On the device, made by the objective.</param>
    /// <param name="embeddings_BTD">
    /// What the model reads in place of the batch's tokens (<see cref="Embed"/>, or anything between that and a baseline).
    /// </param>
    /// <param name="score">Of the streams or the predictions, a number for each sample: "B".</param>
    /// <returns>The scores, and the gradient of each sample's by its embeddings: "B", "B T D", in float32.</returns>
    /// <exception cref="UsageException">The architecture does not take embeddings.</exception>
    public abstract (Tensor Scores_B, Tensor Gradients_BTD) Differentiate(
        Batch batch, Tensor embeddings_BTD, Func<BackboneOutput, Lazy<Predictions>, Tensor> score);

    /// <summary>The rows of the model's token table that a batch's tokens have, before positions: "B T D", in float32.</summary>
    /// <exception cref="UsageException">The architecture has no such table.</exception>
    public abstract Tensor Embed(Batch batch);

    /// <summary>
    /// Lets the model write. One that is <see cref="IIncremental"/> writes on from prompts, token by token, keeping what attention needs of
    /// the tokens before. A masked model fills in the mask tokens of its prompts instead, some in each pass.
    /// </summary>
    /// <param name="prompts">
    /// On the device (<see cref="Place"/>), padded on the right. A decoder goes on with <see cref="Keys.InputIds"/>; an encoder-decoder
    /// reads it and starts with the padding token; a masked model needs <see cref="Batch.Encodings"/>, whose spans say which tokens share
    /// bases.
    /// </param>
    /// <param name="decoder">Chooses.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="cancellation">Stops between tokens.</param>
    /// <returns>What was written, by row of the prompts, the best first; by a masked model, the tokens of the masks.</returns>
    /// <exception cref="UsageException">
    /// The model cannot write: its architecture or its heads are not made for it, or a prompt leaves no room. Or a masked model is asked
    /// to search.
    /// </exception>
    public abstract IReadOnlyList<DecodedSequence> Decode(Batch prompts, IDecoder decoder, DecodeLimits limits,
        CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A batch with the places of its samples in the source.</summary>
/// <param name="Batch">On the model's device.</param>
/// <param name="Places">In row order.</param>
public sealed record ModelBatch(Batch Batch, IReadOnlyList<long> Places);

/// <summary>How a source is batched for a trained model.</summary>
public sealed record ModelBatchOptions
{
    /// <summary>Padded tokens of a batch; 0: by the number of samples; null: as the model was trained.</summary>
    public int? BatchTokens { get; init; }

    /// <summary>
    /// Samples read ahead and sorted by length together. Default 4096; fewer where much is kept of each until its turn comes.
    /// </summary>
    public int Stretch { get; init; } = 4096;

    /// <summary>Whether labels are asked for, for scoring. Default false.</summary>
    public bool Labels { get; init; }

    /// <summary>
    /// Whether batches hold the tokenizer's columns alone, unedited, whatever the objective. Default false: the objective makes them.
    /// </summary>
    public bool TokensOnly { get; init; }

    /// <summary>
    /// With <see cref="TokensOnly"/>: whether classification and separator tokens are added. Default true; a prompt has none.
    /// </summary>
    public bool SpecialTokens { get; init; } = true;
}
