using System.Text.Json.Nodes;
using PluginHost.Checkpoints;

namespace PluginHost.Host.Tests.Checkpoints;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// What Hugging Face Transformers computes with a folder of model_type bert, written from its published layout alone: no code of a plugin
/// takes part. It is held to what Python computed (<see cref="ExportedPredictionTests"/>).
/// </summary>
/// <remarks>Axes: T tokens, D hidden size, H heads, C classes, V vocabulary.</remarks>
internal sealed class HuggingFaceBert
{
    private readonly Dictionary<string, Tensor> weights = [];
    private readonly JsonNode config;

    public HuggingFaceBert(string folder)
    {
        config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!;
        Assert.Equal("bert", (string?)config["model_type"]);
        Architecture = (string)config["architectures"]![0]!;
        using var file = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
        foreach (var entry in file.Entries) weights[entry.Name] = file.Read(entry.Name);
    }

    public string Architecture { get; }

    /// <summary>The output of the folder's class for one sequence, row by row: "C", or "T C", or "T V".</summary>
    public float[] Run(IReadOnlyList<int> ids, IReadOnlyList<long>? types = null)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var hidden_TD = Encode(ids, types ?? [.. ids.Select(_ => 0L)]);
        return Architecture switch
        {
            "BertForSequenceClassification" => Values(Linear("classifier", Linear("bert.pooler.dense", hidden_TD[0]).tanh())),
            "BertForTokenClassification" => Values(Linear("classifier", hidden_TD)),
            "BertForMaskedLM" => Values(Scores(hidden_TD)),
            // What the card's Python does with the encoder's output.
            "BertModel" => Values(Linear("mean_classifier", hidden_TD.mean([0L]))),
            _ => throw new NotSupportedException(Architecture),
        };
    }

    private Tensor Encode(IReadOnlyList<int> ids, IReadOnlyList<long> types)
    {
        var hidden = Rows("bert.embeddings.word_embeddings", [.. ids.Select(i => (long)i)])
            + Rows("bert.embeddings.position_embeddings", [.. Enumerable.Range(0, ids.Count).Select(i => (long)i)])
            + Rows("bert.embeddings.token_type_embeddings", [.. types]);
        hidden = Norm("bert.embeddings.LayerNorm", hidden);
        for (var layer = 0; layer < (int)config["num_hidden_layers"]!; layer++)
        {
            var at = $"bert.encoder.layer.{layer}.";
            hidden = Norm(at + "attention.output.LayerNorm", hidden + Linear(at + "attention.output.dense", Attention(at, hidden)));
            var inner = functional.gelu(Linear(at + "intermediate.dense", hidden));
            hidden = Norm(at + "output.LayerNorm", hidden + Linear(at + "output.dense", inner));
        }
        return hidden;
    }

    private Tensor Attention(string at, Tensor hidden_TD)
    {
        var heads = (int)config["num_attention_heads"]!;
        Tensor Split(string name) => Linear($"{at}attention.self.{name}", hidden_TD).view(hidden_TD.shape[0], heads, -1).transpose(0, 1);
        var (query_HTd, key_HTd, value_HTd) = (Split("query"), Split("key"), Split("value"));
        var scores_HTT = query_HTd.matmul(key_HTd.transpose(1, 2)) / Math.Sqrt(query_HTd.shape[2]);
        return scores_HTT.softmax(-1).matmul(value_HTd).transpose(0, 1).reshape(hidden_TD.shape[0], -1);
    }

    private Tensor Scores(Tensor hidden_TD)
    {
        var transformed = Norm("cls.predictions.transform.LayerNorm",
            functional.gelu(Linear("cls.predictions.transform.dense", hidden_TD)));
        // from_pretrained ties the decoder to the embedding, whatever the file has, unless the configuration says not to.
        var isTied = (bool?)config["tie_word_embeddings"] ?? true;
        var table = weights[isTied ? "bert.embeddings.word_embeddings.weight" : "cls.predictions.decoder.weight"];
        return functional.linear(transformed, table, weights["cls.predictions.bias"]);
    }

    private Tensor Rows(string table, long[] rows) => weights[table + ".weight"].index_select(0, tensor(rows));

    private Tensor Linear(string name, Tensor input) => functional.linear(input, weights[name + ".weight"], weights[name + ".bias"]);

    private Tensor Norm(string name, Tensor input) => functional.layer_norm(input, [input.shape[^1]], weights[name + ".weight"],
        weights[name + ".bias"], (double)config["layer_norm_eps"]!);

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
