using PluginHost.Host.Models;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Records;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>A model folder loaded as the host loads it.</summary>
internal sealed class LoadedModel
{
    private readonly TaskModel model;
    private readonly IObjective objective;
    private readonly string folder;

    public LoadedModel(string folder)
    {
        this.folder = folder;
        Assert.Null(SealedFolder.Verify(folder));
        Card = ModelCard.Read(folder);
        var context = new PipelineBuildContext(RealComponents.Factory, Card.Tokenizer, Card.Architecture, new PathSearch(["/nowhere"]),
            folder);
        Tokenizer = context.Tokenizer;
        objective = context.Build<IObjective>(Card.Objective);
        model = new TaskModel(context.Backbone, Card.Heads.ToDictionary(h => h.Key, h => context.Build<Head>(h.Value)), Card.Heads);
        Weights.Load(Path.Combine(folder, ModelCard.WeightsName), model);
        model.Train(false);
    }

    public ModelCard Card { get; }

    public ITokenizer Tokenizer { get; }

    /// <summary>Saves it elsewhere with low-rank adapters, as training leaves them.</summary>
    public void SaveWithAdapters(string other, LoraOptions options)
    {
        LoraAdapters.Attach(model, options, seed: 7);
        ModelFolder.Save(other, Card, model, objective, Tokenizer, File.ReadAllText(Path.Combine(folder, "pipeline.resolved.yaml")));
    }

    /// <summary>Ids, hidden states "T D" and scores of the first head, a sequence each; computed in one padded batch.</summary>
    /// <param name="sequences">Inputs.</param>
    /// <param name="targets">Ids that the decoder is fed, of one length; null for a model without one.</param>
    public IReadOnlyList<(int[] Ids, float[] Hidden, float[] Scores)> Run(IReadOnlyList<string> sequences,
        IReadOnlyList<long[]>? targets = null)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var samples = sequences.Select((s, i) => new Sample($"s{i}", s)).ToList();
        var encodings = samples.Select(s => Tokenizer.Encode(s, new EncodeContext())).ToList();
        var batch = Collation.Pad(samples, encodings, Tokenizer.Vocabulary.Pad ?? 0);
        if (targets is not null)
            batch.Set(Keys.DecoderIds, tensor(targets.SelectMany(t => t).ToArray(), [targets.Count, targets[0].Length]));
        var (output, predictions) = model.Forward(batch);
        var hidden_BTD = output[StreamKey.Hidden];
        var scores = predictions[model.Heads.Keys.Order(StringComparer.Ordinal).First()];
        return [.. encodings.Select((encoding, b) =>
        {
            var length = encoding.Ids.Length;
            var own = scores.dim() == 3 && targets is null ? scores[b].narrow(0, 0, length) : scores[b];
            return (encoding.Ids, Values(hidden_BTD[b].narrow(0, 0, length)), Values(own));
        })];
    }

    private static float[] Values(Tensor tensor) => tensor.to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
}
