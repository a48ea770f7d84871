using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Models.Decoding;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Torch.Loading;

namespace PluginHost.Host.Models;

using static TorchSharp.torch;

/// <summary>A trained model in memory: of a model folder, or of the run that trains it.</summary>
public sealed class LoadedModel : TrainedModel
{
    /// <summary>Tokenizer, architecture and files it was built from; null for a model that is only let write while it is scored.</summary>
    public PipelineBuildContext? Context { get; init; }

    /// <summary>Backbone and heads, on their device.</summary>
    public required TaskModel Model { get; init; }

    /// <summary>Device and number format.</summary>
    public required Compute Compute { get; init; }

    /// <summary>How it was batched when it was scored.</summary>
    public required BatchRecipe Recipe { get; init; }

    /// <summary>Seeds the draws of sources.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Is told what encoding lost.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Whether the weights are its own, to be freed with it.</summary>
    public bool Owns { get; init; }

    /// <inheritdoc/>
    public override string Name => Title;

    /// <summary>What <see cref="Name"/> says.</summary>
    public required string Title { get; init; }

    /// <inheritdoc/>
    public override ITokenizer Tokenizer =>
        SampleFields.Count == 0 ? Recipe.Tokenizer : new FieldedTokenizer(Recipe.Tokenizer, SampleFields);

    /// <inheritdoc/>
    public override Backbone Backbone => Model.Backbone;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Head> Heads => Model.Heads;

    /// <inheritdoc/>
    public override IObjective Objective => Recipe.Objective;

    /// <inheritdoc/>
    public override Device Device => Compute.Device;

    /// <summary>Loads a model folder.</summary>
    /// <param name="path">A model folder, or a run folder that holds one.</param>
    /// <param name="adapter">A folder with low-rank adapters to put on it in place of its own; null for its own, if any.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</param>
    /// <param name="components">Builds components.</param>
    /// <param name="warn">Is told what encoding lost.</param>
    /// <exception cref="DataException">There is no model, or its files are broken.</exception>
    public static LoadedModel Load(string path, string? adapter, string device, IComponentFactory components, Action<string>? warn = null)
    {
        Libtorch.Load();
        MemoryGuard.Arm();
        var folder = ModelCard.Find(path);
        ModelCard.RequireWhole(folder);
        var card = CardOf(folder, adapter);
        card = PartPlugins.Pin(card, folder, components, warn);
        var compute = Compute.For(Compute.Select(device), card.Precision);
        var weights = Path.Combine(folder, ModelCard.WeightsName);
        DeclaredShapes.Check(weights, () => Build(card, folder, components).Model, withHeads: adapter is null);
        var (context, objective, model) = Build(card, folder, components);
        var own = Path.Combine(folder, ModelCard.AdapterName);
        // Heads come with the adapter: the base may have others, or none.
        Weights.Load(weights, model,
            except: adapter is null ? [] : [.. model.HeadState().Select(h => h.Name)]);
        if (adapter is not null || AdapterFolder.IsAt(own)) AdapterFolder.Load(adapter ?? own, model);
        model.To(compute.Device);
        model.Train(false);
        return new LoadedModel
        {
            Title = $"{card.Name}/{card.Stage}", Context = context.WithPaths(PathSearch.WorkingDirectory), Model = model, Compute = compute,
            Seed = card.Seed, Warn = warn,
            Owns = true,
            Card = card, Folder = folder,
            Recipe = new()
            {
                Tokenizer = context.Tokenizer, Objective = objective, MaxTokens = model.MaxTokens, TooLong = card.TooLong,
                BatchTokens = card.BatchTokens, BatchSize = card.BatchSize,
            },
        };
    }

    /// <summary>The parts of a model folder; paths it names must lie inside it.</summary>
    /// <exception cref="DataException">It names others, or sizes that cannot be.</exception>
    private static (PipelineBuildContext Context, IObjective Objective, TaskModel Model) Build(ModelCard card, string folder,
        IComponentFactory components)
    {
        var context = new PipelineBuildContext(components, card.Tokenizer, card.Architecture, PathSearch.Inside(folder), folder);
        try
        {
            var objective = context.Build<IObjective>(card.Objective);
            return (context, objective,
                new TaskModel(context.Backbone, card.Heads.ToDictionary(h => h.Key, h => context.Build<Head>(h.Value)), card.Heads));
        }
        catch (UsageException impossible)
        {
            throw new DataException(
                $"'{Path.Combine(folder, ModelCard.FileName)}' asks for a model that cannot be: {impossible.Message} Copy "
                + "the model folder again from the run that made it.", impossible);
        }
    }

    /// <summary>What its folder says about it; null for a model of the run that trains it.</summary>
    public ModelCard? Card { get; private init; }

    /// <summary>Its folder; null for a model of the run that trains it.</summary>
    public string? Folder { get; private init; }

    /// <inheritdoc/>
    public override IEnumerable<ModelBatch> Batches(ISampleSource source, ModelBatchOptions options)
    {
        var batches = new ScoringBatches
        {
            Source = SampleFields.Count == 0 ? source : new FieldedSource(source, SampleFields),
            Seed = Seed,
            Mode = options.Labels ? CollateMode.Evaluate : CollateMode.Predict,
            Recipe = Recipe with
            {
                Objective = options.TokensOnly ? new TokensOnly(options.SpecialTokens) : Objective,
                BatchTokens = options.BatchTokens ?? Recipe.BatchTokens,
            },
        };
        var tally = new EncodingTally();
        using (var feed = batches.Feed(batches.PlanByStretches(options.Stretch)))
            while (feed.Next() is { } prepared)
            {
                using var scope = NewDisposeScope();
                using var _ = prepared;
                tally = tally.Plus(prepared.Counted);
                yield return new ModelBatch(Compute.Place(prepared.Batch), prepared.Plan.Samples);
            }
        foreach (var sentence in tally.Sentences(Recipe.MaxTokens)) Warn?.Invoke(sentence);
    }

    /// <inheritdoc/>
    public override Batch Place(Batch batch) => Compute.Place(batch);

    /// <inheritdoc/>
    public override BackboneOutput Forward(Batch batch, Capture? capture = null)
    {
        return Whole(() => Backbone.Forward(batch, capture ?? Capture.None));
    }

    private BackboneOutput Whole(Func<BackboneOutput> forward)
    {
        var output = Scored(forward);
        var scored = new BackboneOutput { HiddenStates = output.HiddenStates, Attentions = output.Attentions };
        // A stream that is computed when first read is computed as the others are: without gradients, in the same number format.
        foreach (var stream in Backbone.Streams) scored.Set(stream, () => Scored(() => output[stream]));
        return scored;
    }

    /// <inheritdoc/>
    public override BackboneOutput Continue(Batch next, DecodingState state) => Backbone is IIncremental incremental
        ? Whole(() => incremental.Continue(next, state))
        : throw new NotSupportedException($"'{Backbone.GetName()}' is not incremental.");

    /// <inheritdoc/>
    public override Predictions Predict(BackboneOutput output, Batch batch) => Scored(() => Model.Predict(output, batch));

    /// <inheritdoc/>
    public override Tensor Embed(Batch batch)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var table_VD = Backbone.TokenEmbedding ?? throw new UsageException($"{Name}: its architecture has no table of token embeddings.");
        var ids_BT = batch[Keys.InputIds];
        return table_VD.index_select(0, ids_BT.flatten()).view([.. ids_BT.shape, -1]).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override (Tensor Scores_B, Tensor Gradients_BTD) Differentiate(
        Batch batch, Tensor embeddings_BTD, Func<BackboneOutput, Lazy<Predictions>, Tensor> score) =>
        Gradients.Of(this, batch, embeddings_BTD, score);

    /// <inheritdoc/>
    public override IReadOnlyList<DecodedSequence> Decode(Batch prompts, IDecoder decoder, DecodeLimits limits,
        CancellationToken cancellation) =>
        Scored(() => Backbone is IIncremental incremental
            ? CachedDecoding.Run(this, incremental, prompts, decoder, limits, cancellation)
            : MaskFilling.Run(this, prompts, decoder, limits, cancellation), limits.ModelFormat);

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (Owns) Model.Dispose();
    }

    private T Scored<T>(Func<T> forward, bool inItsFormat = true)
    {
        Model.Train(false);
        using var off = no_grad();
        using var format = (inItsFormat ? Compute : Compute with { UsesBf16 = false }).Autocast();
        return forward();
    }

    /// <summary>What the model is; its task is the adapter's, where one is given that says it.</summary>
    private static ModelCard CardOf(string folder, string? adapter)
    {
        var own = ModelCard.Read(folder);
        if (adapter is null) return own;
        if (!AdapterFolder.IsAt(adapter)) throw AdapterFolder.Missing(adapter);
        // Adapters of other programs have neither card nor checksums.
        var isOurs = File.Exists(Path.Combine(adapter, ModelCard.FileName));
        if ((isOurs || File.Exists(Path.Combine(adapter, SealedFolder.ManifestName))) && SealedFolder.Verify(adapter) is { } broken)
            throw new DataException($"The adapter '{adapter}' is not whole: {broken}. Copy it again from the run that made it.");
        if (!isOurs) return own;
        return ModelCard.Read(adapter) with { Tokenizer = own.Tokenizer, Architecture = own.Architecture };
    }
}
